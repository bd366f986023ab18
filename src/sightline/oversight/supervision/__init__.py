"""Supervision of a worker's cases."""
