"""Telephone payments of a hall."""
