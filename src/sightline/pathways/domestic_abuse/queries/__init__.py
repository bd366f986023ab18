"""Reads of domestic abuse. Every one takes the viewer and passes the gate."""
