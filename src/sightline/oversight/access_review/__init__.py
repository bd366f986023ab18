"""Review of access: emergency openings in time, and looks that are out of the ordinary."""
