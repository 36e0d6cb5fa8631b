"""The door of catalogue."""

from onehall.contexts.catalogue.contracts import (
    Allowed,
    Circumstances,
    CurrentTerm,
    Denied,
    NotEligible,
    Offering,
    OfferingIsFixed,
    OfferingKind,
    Price,
    Sale,
    UnknownEligibility,
    Verdict,
    Wording,
    WordingIsFixed,
)
from onehall.contexts.catalogue.policies import (
    ADDITIONAL_POINT,
    MOVE_BROADBAND,
    MOVE_FIXED_LINE,
    ROUTER_VISIT,
    SUSPENSION,
)
from onehall.contexts.catalogue.queries import (
    offering,
    offering_on_sale,
    offerings,
    offerings_ever,
    prices,
    sources_of,
    wording,
    wordings,
)
from onehall.contexts.catalogue.rules import judge, unit_price
from onehall.contexts.catalogue.services import (
    establish_compound_lines,
    establish_offering,
    establish_price,
    establish_wording,
)

__all__ = [
    "ADDITIONAL_POINT", "MOVE_BROADBAND", "MOVE_FIXED_LINE", "ROUTER_VISIT", "SUSPENSION", "Allowed", "Circumstances", "CurrentTerm", "Denied", "NotEligible",
    "Offering", "OfferingIsFixed", "OfferingKind", "Price", "Sale", "UnknownEligibility", "Verdict",
    "Wording", "WordingIsFixed", "establish_compound_lines", "establish_offering", "establish_price",
    "establish_wording", "judge", "offering", "offering_on_sale", "offerings", "offerings_ever", "prices", "sources_of",
    "unit_price", "wording", "wordings",
]  # fmt: skip
