"""Allegations against people who work with children; the designated officer."""
