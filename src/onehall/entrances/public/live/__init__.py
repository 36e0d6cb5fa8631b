"""Keeps an open page's stream of changes alive."""
