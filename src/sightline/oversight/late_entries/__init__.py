"""Entries written down late, or that arrive as if they had been here before."""
