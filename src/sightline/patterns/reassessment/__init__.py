"""Reassessment: what was learnt after an assessment, and explanations that nobody qualified has tested."""
