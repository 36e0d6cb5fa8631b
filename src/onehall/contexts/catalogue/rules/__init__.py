"""Pure decisions of catalogue: what it costs, and whether it may be sold."""

from onehall.contexts.catalogue.rules.judging import ELIGIBILITY, judge, unit_price, unknown_codes

__all__ = ["ELIGIBILITY", "judge", "unit_price", "unknown_codes"]
