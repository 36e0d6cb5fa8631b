"""A customer's rights over their data."""
