"""Messages to customers: how many arrived, which did not, and who told the customer instead (BIL-06)."""
