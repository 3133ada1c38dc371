"""The only room with SQL. Queries return frozen values, never rows."""
