"""What the system tells somebody unasked: rules, findings, who is told, and until when."""
