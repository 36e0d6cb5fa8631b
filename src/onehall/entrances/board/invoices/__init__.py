"""Invoices on the board: what waits, signatures, red letters (RCP-03, RCP-04, LAW-31)."""
