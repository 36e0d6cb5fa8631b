"""Three-way match, accounts and months."""
