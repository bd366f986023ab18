"""Tables of the matching slice, versioned with it."""
