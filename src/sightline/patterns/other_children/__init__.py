"""Other children: whoever is a danger to one child may be one to others around them, and violence moves with the adult."""
