"""Neglect over time: home conditions, appointments missed, absence from school and children left alone, quarter by quarter, as recorded."""
