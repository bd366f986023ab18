"""People who pose a risk: notification, visits, breaches, disclosure."""
