"""Who is who: cleaning, blocking keys, scoring, clustering and training; usable on its own, without a server."""
