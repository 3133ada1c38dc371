"""Slack: the only room, with the web role, that knows its libraries."""
