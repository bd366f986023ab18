"""Verbs of first contact."""
