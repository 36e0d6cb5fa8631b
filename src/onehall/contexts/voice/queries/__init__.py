"""Reading voice."""
