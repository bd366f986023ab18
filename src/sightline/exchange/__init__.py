"""Feeds in, standards out, the API."""
