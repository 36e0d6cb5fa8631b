"""Notices, and what waits for somebody."""
