"""What was done: deeds, how far they came, by whom, and how several stories tell them."""
