"""What must follow a grade, on a page of each child: what is owed, to whom it was given, why nothing is done; and low grades set under pressure."""
