"""Telephone months: usage, trials, approval."""
