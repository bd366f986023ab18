"""Rules, findings and the alerts they raise. Comes with the next issue."""
