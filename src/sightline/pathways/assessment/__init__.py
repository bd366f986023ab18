"""One form in which the risk to a child is assessed, whether harm comes from the family, from outside it or online; led by social care.

Working Together to Safeguard Children 2023: harm inside and outside the home, strengths and risks, and what it means for each child.
"""
