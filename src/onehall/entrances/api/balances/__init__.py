"""Prepaid balances of customers, over the API."""
