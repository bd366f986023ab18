"""Grades: a floor under every grade, from facts that are recorded and listed; the second look; and telling whoever set the first."""
