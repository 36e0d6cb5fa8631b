"""Notices of providers of payments."""
