"""The door of catalogue."""

from onehall.contexts.catalogue.contracts import (  # noqa: I001 - packed: the door has a limit
    Allowed, Circumstances, CurrentTerm, Denied, NotEligible, Offering, OfferingIsFixed, OfferingKind, Price, Sale,
    UnknownEligibility, Verdict, Wording, WordingIsFixed,
)  # fmt: skip
from onehall.contexts.catalogue.policies import (
    ADDITIONAL_POINT, ALARM_THRESHOLD, CHANGE_HALL, FIRST_PREPAYMENT, LEAST_ALARM, LINE_MONTH, MOST_ALARM, MOVE_BROADBAND, MOVE_FIXED_LINE,
    RESTRICTED_SOURCES, ROUTER_VISIT, STAND_ALONE_PLAN, SUSPENSION,
)  # fmt: skip
from onehall.contexts.catalogue.queries import (
    offering, offering_on_sale, offerings, offerings_ever, prices, sources_of, telephones, wording, wordings,
)  # fmt: skip
from onehall.contexts.catalogue.rules import (
    FEATURES, FeatureUnknown, LineTerms, Telephone, features_given, first_prepayment, half_of, judge, line_terms, unit_price,
)  # fmt: skip
from onehall.contexts.catalogue.services import (
    establish_compound_lines, establish_offering, establish_price, establish_telephone, establish_wording,
)  # fmt: skip

__all__ = [
    "ADDITIONAL_POINT", "ALARM_THRESHOLD", "CHANGE_HALL", "FEATURES", "FIRST_PREPAYMENT", "LEAST_ALARM", "LINE_MONTH", "MOST_ALARM",
    "MOVE_BROADBAND", "MOVE_FIXED_LINE", "RESTRICTED_SOURCES", "ROUTER_VISIT", "STAND_ALONE_PLAN", "SUSPENSION", "Allowed",
    "Circumstances", "CurrentTerm", "Denied", "FeatureUnknown", "LineTerms", "NotEligible", "Offering", "OfferingIsFixed",
    "OfferingKind", "Price", "Sale", "Telephone", "UnknownEligibility", "Verdict", "Wording", "WordingIsFixed",
    "establish_compound_lines", "establish_offering", "establish_price", "establish_telephone", "establish_wording",
    "features_given", "first_prepayment", "half_of", "judge", "line_terms", "offering", "offering_on_sale", "offerings",
    "offerings_ever", "prices", "sources_of", "telephones", "unit_price", "wording", "wordings",
]  # fmt: skip
