"""The door of rating."""

from onehall.contexts.rating.contracts import (
    Charged,
    EngineMissing,
    FileUnusable,
    Month,
    NoSuchCall,
    NotAMonth,
    OutUnusable,
    PlaceUnusable,
    Reason,
    SumTooLarge,
)
from onehall.contexts.rating.rules import (
    LONGEST,
    booked,
    charged,
    longest_prefix,
    moment,
    month,
    started_minutes,
    suspended,
    units,
    whole_seconds,
    yuan,
)

__all__ = [
    "LONGEST", "Charged", "EngineMissing", "FileUnusable", "Month", "NoSuchCall", "NotAMonth", "OutUnusable", "PlaceUnusable",
    "Reason", "SumTooLarge", "booked", "charged", "longest_prefix", "moment", "month", "started_minutes", "suspended", "units",
    "whole_seconds", "yuan",
]  # fmt: skip
