"""What a channel wants: its subscriptions, when they are due, its mutes, and what its votes teach."""
