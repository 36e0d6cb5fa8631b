"""Telephone lines as they are charged."""
