"""Topics and languages as data, and their reader."""
