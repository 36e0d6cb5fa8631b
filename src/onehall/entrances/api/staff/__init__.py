"""People of the hall with their roles."""
