"""Printing: files for the browser, slips for the receipt printer, marked reprints."""
