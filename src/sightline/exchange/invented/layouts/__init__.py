"""The column contract of each invented extract: what the feeds' mappings are written against."""
