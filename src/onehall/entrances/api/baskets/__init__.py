"""Baskets: items, holding, the acceptance form and its signature."""
