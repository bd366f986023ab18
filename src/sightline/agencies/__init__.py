"""Organisations, teams, areas and posts; the record systems they own and when each last answered."""
