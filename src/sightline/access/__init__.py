"""Who may see what, and the record of every look."""
