"""Who is who: source records, identities, links between them, relationships, addresses, standing facts."""
