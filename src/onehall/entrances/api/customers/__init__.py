"""Customers: finding, registering, opening a record with a purpose, revealing one particular."""
