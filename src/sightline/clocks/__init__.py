"""Limits in hours, days and working days, by the law in force on the day. Comes with the next issue."""
