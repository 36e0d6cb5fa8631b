"""Goods and money of others."""
