"""The access log made evident: whoever changes, removes, inserts or reorders a line of it is found out from outside the database.

A sealer outside the requests puts each committed line into a Merkle tree (RFC 6962) every second; a signed checkpoint of the tree goes to a
witness outside the database at least every minute; `verify` reads the log again and compares. No Django: it runs without the application.
"""
