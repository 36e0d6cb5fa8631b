"""Takings on their way to the bank."""
