"""Police protection (Children Act 1989 section 46)."""
