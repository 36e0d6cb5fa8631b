"""Writes of the orders room: selling, and what was written on paper first."""
