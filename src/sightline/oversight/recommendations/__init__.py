"""What the organisation was told about itself: problem profiles, learning reviews and complaints, and what came of each recommendation."""
