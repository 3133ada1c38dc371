"""What people ask: the query language, questions in their own words, and forms that make them."""
