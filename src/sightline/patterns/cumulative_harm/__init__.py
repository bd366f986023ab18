"""Cumulative harm: small things that add up, whatever the grade of each."""
