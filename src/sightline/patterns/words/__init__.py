"""Words: what a record says about a child that no record should."""
