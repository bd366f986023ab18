"""Rules that need more than one pathway. Comes with the next issue."""
