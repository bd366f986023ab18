"""A senior look: escalations without an answer, cases that keep coming back, and history that a source no longer shows."""
