"""First contact: what a caller says, what is already known, who goes, and whether the child was seen."""
