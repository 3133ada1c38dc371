"""The command line: a word, one call into the work, an exit code."""
