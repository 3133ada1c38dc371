"""What people are told: digests, alerts, reviews, in the languages of their readers."""
