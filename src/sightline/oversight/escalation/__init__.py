"""Escalation: from anything that has stalled to a named counterpart, tier by tier, until the partnership answers for it."""
