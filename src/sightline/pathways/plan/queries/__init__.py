"""Reads of conferences and plans. Every one takes the viewer and passes the gate."""
