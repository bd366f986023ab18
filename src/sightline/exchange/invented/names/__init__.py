"""Names as the communities of such a place bear them, and what clerks and telephones make of them."""
