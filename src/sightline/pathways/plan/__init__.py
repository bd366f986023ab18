"""Child protection conference, plan, core group, placement and review."""
