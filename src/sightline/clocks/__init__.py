"""Limits in minutes, hours, days, working days, months and ages, by the law in force on the day they began to run. Imports no Django."""
