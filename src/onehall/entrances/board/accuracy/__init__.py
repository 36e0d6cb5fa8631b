"""How well clerks write customers down: their share of complete and right entries, and what was corrected (CUS-03)."""
