"""A household as a sale sees it: what it has, what its account is called, what stands in its basket."""

from dataclasses import dataclass
from datetime import datetime

from onehall.contexts.catalogue import api as catalogue
from onehall.contexts.customers import api as customers
from onehall.contexts.numbers import api as numbers
from onehall.contexts.orders import api as orders
from onehall.contexts.organisation import api as organisation
from onehall.contexts.subscriptions import api as subscriptions
from onehall.foundation.policy import PolicyBook
from onehall.foundation.scopes import Scope
from onehall.foundation.values.ids import BasketId, PartyId, PremisesId

BROADBAND = "broadband"
"""The kind of subscription and of point that the broadband businesses are about."""


@dataclass(frozen=True, slots=True)
class Situation:
    """A household and what stands in its basket, read once for any number of prices.

    `live` is the broadband it has; `account` the name its broadband has or would have (ADR-02).
    """

    party_id: PartyId
    party_kind: str
    home: customers.PremisesView
    account: str
    source: str
    compound_sources: tuple[str, ...]
    live: subscriptions.Subscription | None
    live_offering: catalogue.Offering | None
    extra_points: int
    name_holder: numbers.NumberStanding
    basket_id: BasketId | None
    in_basket: tuple[orders.ItemDraft, ...]
    book: PolicyBook
    at: datetime


def read_situation(
    *, party_id: PartyId, dwelling_id: PremisesId, basket: orders.Basket | None, book: PolicyBook, at: datetime,
    scope: Scope, names_at: datetime | None = None,
) -> Situation:  # fmt: skip
    """Reads the household at a dwelling. Raises PremisesNotFound, BadAccountName, UnknownLine.

    For a form that was written earlier `at` is when it was written: its prices and terms hold. Who has the account name
    is asked as of `names_at`, now.
    """
    home = customers.premises(dwelling_id, scope=scope)
    found = subscriptions.subscriptions_at(dwelling_id=dwelling_id, scope=scope)
    live = next((one for one in found if one.kind == BROADBAND), None)
    account = live.account_name if live else _account(home, scope)
    term = live.term_at(at) if live else None
    kind = numbers.NumberKind.ACCOUNT
    return Situation(
        party_id=party_id, party_kind=customers.card(party_id, scope=scope).kind, home=home, account=account,
        source=numbers.line_source(number=account, kind=kind, scope=scope).source,
        compound_sources=catalogue.sources_of(home.compound, scope=scope),
        live=live,
        live_offering=catalogue.offering(term.offering, at=at, scope=scope) if term else None,
        extra_points=subscriptions.additional_points(dwelling_id=dwelling_id, kind=BROADBAND, scope=scope),
        name_holder=numbers.number_standing(kind=kind, number=account, at=names_at or at, scope=scope),
        basket_id=basket.id if basket else None,
        in_basket=tuple(item.draft for item in basket.items) if basket else (),
        book=book, at=at,
    )  # fmt: skip


def _account(home: customers.PremisesView, scope: Scope) -> str:
    operator = organisation.operator(scope=scope)
    return numbers.account_name(
        compound_code=home.compound,
        building=home.building,
        unit=home.unit,
        room=home.room,
        digits=(operator.building_digits, operator.unit_digits, operator.room_digits),
    )
