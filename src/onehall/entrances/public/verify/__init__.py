"""Whoever holds a paper may check that it is ours (REC-03)."""
