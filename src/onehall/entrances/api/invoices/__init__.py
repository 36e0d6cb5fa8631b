"""Invoices: asked for, collected, withdrawn, reversed."""
