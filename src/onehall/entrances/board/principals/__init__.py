"""Principals: what was collected for them, and paying it over."""
