"""Replay: what was known then, and what should have been raised? For cases written up as files, for a real child, and for a changed limit."""
