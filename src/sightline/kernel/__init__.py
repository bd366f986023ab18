"""What everything stands on: errors, moments, discovery, the embedded database. Imports nothing of ours."""
