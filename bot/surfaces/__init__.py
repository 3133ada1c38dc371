"""Where a document goes, one folder each: Slack, the terminal, a page."""
