"""A customer's rights over their own data at the desk: a copy, who looked, consent and its withdrawal, deletion (LAW-30)."""
