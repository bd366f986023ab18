"""Graded audit of cases."""
