"""Takings on their way to the bank: bags, their signatures, and the bank's record beside them (CSH-04)."""
