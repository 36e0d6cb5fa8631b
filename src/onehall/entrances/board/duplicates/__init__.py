"""Customers who may be registered twice: side by side, merged, taken back, told apart."""
