"""Files that leave the screen: each for a named recipient and purpose, marked, hashed, with its custody; many people's by two persons."""
