"""Restricting a record, lifting that, and whom a court appointed for a child: who reads a record for another reason than their work."""
