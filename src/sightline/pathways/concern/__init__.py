"""Concern: the child concern form, risk grades and the child's own voice."""
