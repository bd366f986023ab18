"""Retention: how long what is held of somebody is kept and why, legal hold, review by named people, and disposal that leaves a tombstone."""
