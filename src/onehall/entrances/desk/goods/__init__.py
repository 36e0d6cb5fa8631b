"""Goods and money of others at the desk."""
