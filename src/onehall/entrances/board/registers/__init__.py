"""Registers printed as the paper books they replace."""
