"""The only room with HTTP: addresses that may be reached, exchanges, documents, full text."""
