"""Writes of customers: registering, stating purposes, revealing fields, setting up premises."""
