"""Customers' self-service: plain words, a phone first, nothing but their own account."""
