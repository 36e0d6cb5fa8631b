"""Which offer suits a customer (ORD-15): decided from what they have, made once, never pressed."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum


class SuggestionKind(StrEnum):
    """Why an offer suits."""

    EXPIRING = "expiring"
    LONGER_TERM = "longer_term"
    ROUTER = "router"


class Answer(StrEnum):
    """What the customer said."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Offer:
    """Something this household could have now. `months` and `speed` (kbit/s) are 0 where it has neither."""

    business: str
    offering: str
    months: int = 0
    speed: int = 0


@dataclass(frozen=True, slots=True)
class Household:
    """What a household has: days to the end of what is paid (None without a line), term and speed of its line."""

    days_left: int | None
    months: int = 0
    speed: int = 0
    chosen: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One offer to mention, and why."""

    kind: SuggestionKind
    offer: Offer


def suggest(
    household: Household, offers: Iterable[Offer], *, answered: Iterable[str], within_days: int
) -> Suggestion | None:
    """The one offer to mention now, or None.

    A line in its last `within_days` days is suggested the next longer term at its speed, else its own again; whoever takes
    a new line, a visit to set the router up. Nothing that is chosen, not on offer, or `answered` before is suggested.
    """
    open_ = [offer for offer in offers if offer.business not in household.chosen]
    found = [*_at_expiry(household, open_, within_days), *_with_new_line(household, open_)]
    asked = set(answered)
    return next((one for one in found if one.kind not in asked), None)


def _at_expiry(household: Household, offers: list[Offer], within_days: int) -> list[Suggestion]:
    if household.days_left is None or household.days_left > within_days:
        return []
    same = [one for one in offers if one.business == "renewal" and one.speed == household.speed]
    longer = sorted((one for one in same if one.months > household.months), key=lambda one: one.months)
    again = [one for one in same if one.months == household.months]
    return [
        *(Suggestion(SuggestionKind.LONGER_TERM, one) for one in longer[:1]),
        *(Suggestion(SuggestionKind.EXPIRING, one) for one in again[:1]),
    ]


def _with_new_line(household: Household, offers: list[Offer]) -> list[Suggestion]:
    if "new_broadband" not in household.chosen:
        return []
    return [Suggestion(SuggestionKind.ROUTER, one) for one in offers if one.business == "router_setup"][:1]
