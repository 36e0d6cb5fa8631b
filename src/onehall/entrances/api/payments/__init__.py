"""Payments, the receipts they give, and voids."""
