"""Missing children: report, grade, search, return and both interviews."""
