"""One use case a file: gather, decide, apply."""
