"""Rules that need more than one pathway: one folder a pattern, found by discovery. Imports no Django."""
