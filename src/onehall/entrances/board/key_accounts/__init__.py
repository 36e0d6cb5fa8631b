"""Customers with a level, and organisations with their supervisors."""
