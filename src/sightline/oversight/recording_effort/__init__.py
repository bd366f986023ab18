"""What recording costs those who record: keystrokes and minutes for each form and case, so that a fact asked twice shows."""
