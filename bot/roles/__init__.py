"""What a process can be: the web role talks with Slack, the worker does what is due."""
