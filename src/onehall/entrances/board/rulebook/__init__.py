"""A rule by its number: which policies, products and refusals stand on it."""
