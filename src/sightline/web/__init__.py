"""Settings, home, search, the person page. Knows all, known by none."""
