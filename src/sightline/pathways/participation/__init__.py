"""Participation: somebody beside the child, complaints, rights and conditions in plain words, and how often a child was let down."""
