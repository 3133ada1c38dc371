"""What people can say, one file each; the same in Slack and in the terminal."""
