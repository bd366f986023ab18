"""An invented force: everybody in it is made up, so that Sightline can be shown, tested and measured on nobody real.

Writes the extracts of eighteen record systems of a made-up area called Ashmoor, and the truth beside them.
No Django, standard library only.
"""
