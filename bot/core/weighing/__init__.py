"""What of it the story is about: whose it is, what it names in passing, and how much each word gives."""
