"""Pure decisions of customers, by subject."""
