"""Addresses: finding a dwelling by its words, and what it is."""
