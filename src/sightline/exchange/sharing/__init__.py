"""Sharing: what is given to another agency, to whom, on what basis and why; agreements; redacted copies for court and subject access.

Led by the information governance lead of each agency. Law: bases.yaml.
"""
