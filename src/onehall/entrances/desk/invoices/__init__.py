"""Invoices at the desk: asked for, made, handed out (RCP-03, RCP-04, RCP-05)."""
