"""Halls, counters and who works there."""
