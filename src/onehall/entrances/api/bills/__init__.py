"""Providers' files and what differs from our charges, over the API."""
