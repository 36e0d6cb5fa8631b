"""Signing in at a counter, signing out, one's own password and language."""
