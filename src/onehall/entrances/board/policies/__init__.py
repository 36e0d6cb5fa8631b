"""Policies: what is in force, since when, why, and changing it from a day on."""
