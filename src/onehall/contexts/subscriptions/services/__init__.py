"""Writes of the subscriptions room."""
