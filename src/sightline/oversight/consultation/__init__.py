"""Consultation: what children and the public were asked, what they said, and which services were changed because of it."""
