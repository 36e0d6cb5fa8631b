"""Pure decisions of catalogue: what it costs, and whether it may be sold."""

from onehall.contexts.catalogue.rules.judging import ELIGIBILITY, judge, unit_price, unknown_codes
from onehall.contexts.catalogue.rules.telephone import (
    FEATURES,
    FeatureUnknown,
    LineTerms,
    Telephone,
    features_given,
    first_prepayment,
    half_of,
    line_terms,
)

__all__ = [
    "ELIGIBILITY",
    "FEATURES",
    "FeatureUnknown",
    "LineTerms",
    "Telephone",
    "features_given",
    "first_prepayment",
    "half_of",
    "judge",
    "line_terms",
    "unit_price",
    "unknown_codes",
]
