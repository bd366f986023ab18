"""Domestic abuse in a child's home, and MARAC. It is about events that others declare."""
