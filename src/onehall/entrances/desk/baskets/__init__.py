"""The basket: items, holding, payment, signature, voiding."""
