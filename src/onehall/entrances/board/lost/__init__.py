"""Customers who left or meant to, and why (CHG-07)."""
