"""A backup each night, and each week the proof that it can be restored."""
