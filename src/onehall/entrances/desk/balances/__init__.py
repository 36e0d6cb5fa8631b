"""预存余额: what a customer has left, deposits, and what moved it."""
