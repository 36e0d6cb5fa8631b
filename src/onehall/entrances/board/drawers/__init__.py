"""Drawers of the hall: what waits for the duty manager, X and Z, and what passed through."""
