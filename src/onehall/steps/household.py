"""A household as a sale sees it: what it has, what its account is called, what stands in its basket."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from onehall.contexts.catalogue import api as catalogue
from onehall.contexts.customers import api as customers
from onehall.contexts.fieldwork import api as fieldwork
from onehall.contexts.numbers import api as numbers
from onehall.contexts.orders import api as orders
from onehall.contexts.organisation import api as organisation
from onehall.contexts.subscriptions import api as subscriptions
from onehall.contexts.voice import api as voice
from onehall.foundation.policy import PolicyBook
from onehall.foundation.scopes import Scope
from onehall.foundation.values.ids import BasketId, PartyId, PremisesId, SubscriptionId
from onehall.foundation.values.money import Money

BROADBAND = "broadband"
"""The kind of subscription and of point that the broadband businesses are about."""


FIXED_LINE = "fixed_line"
"""The kind of subscription that is a telephone line; its account name is its number."""

TELEPHONE = "telephone"
"""The kind of point that the telephone businesses are about (ADR-06)."""


MOVE = "move"
"""The business that takes a line to another dwelling; what stands in the basket after it is done there."""


LINE_MOVE = "line_move"
"""The business that takes a telephone line to another dwelling."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a line may be taken: the dwelling, the name the line has there, and whether somebody else has it."""

    home: customers.PremisesView
    account: str
    source: str
    taken: bool


@dataclass(frozen=True, slots=True)
class LineWanted:
    """The telephone line that the customer wants: number, features, what is paid ahead, balance below which to warn.

    `source` says whose number it is, `offered` whether the compound has it free (ADR-03); both are read, not typed.
    """

    number: str
    features: tuple[str, ...] = ()
    prepaid: Money | None = None
    alarm: Money | None = None
    source: str = ""
    offered: bool = False


@dataclass(frozen=True, slots=True)
class LineChange:
    """What is to be changed of the telephone line `number`: its plan (an offering's code), features, the balance below which to warn.

    What is None stays as it is.
    """

    number: str
    plan: str = ""
    features: tuple[str, ...] | None = None
    alarm: Money | None = None


@dataclass(frozen=True, slots=True)
class Situation:
    """A household and what stands in its basket, read once for any number of prices.

    `live` is the broadband it has, `live_offering` what runs, `last_offering` what is paid for last; `account` the name its broadband has or would have (ADR-02); `works_at` where visits go;
    `bundles` are its paid offerings with a fixed line; `open_work` the serial of a work order that is not finished;
    `target` where it is to be taken; `phones` are its telephone lines, `telephones` the lines that offerings bring,
    `line_wanted` the one to be sold; `lines` are the telephone lines as they are charged, `line_change` what is to be changed of one,
    `line_work` the serials of their unfinished work; `change_hall` the one hall that changes them (CHG-06).
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
    works_at: PremisesId
    last_offering: catalogue.Offering | None = None
    bundles: frozenset[str] = frozenset()
    open_work: str = ""
    target: Target | None = None
    phones: tuple[subscriptions.Subscription, ...] = ()
    telephones: Mapping[str, catalogue.Telephone] = field(default_factory=dict)
    telephone_points: int = 0
    line_wanted: LineWanted | None = None
    lines: tuple[voice.Line, ...] = ()
    line_change: LineChange | None = None
    line_work: Mapping[SubscriptionId, str] = field(default_factory=dict)
    change_hall: organisation.Hall | None = None

    def chosen(self, business: str) -> orders.ItemDraft | None:
        """What stands in the basket of this business for this household."""
        return next(
            (one for one in self.in_basket if one.business == business and one.dwelling_id == self.home.id),
            None,
        )


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
    runs = catalogue.offering(term.offering, at=at, scope=scope) if term else None
    kind = numbers.NumberKind.ACCOUNT
    works_at = _works_at(dwelling_id, basket)
    phones = tuple(one for one in found if one.kind == FIXED_LINE)
    points = subscriptions.additional_points(dwelling_id=works_at, scope=scope)
    return Situation(
        party_id=party_id, party_kind=customers.card(party_id, scope=scope).kind, home=home, account=account,
        source=numbers.line_source(number=account, kind=kind, scope=scope).source,
        compound_sources=catalogue.sources_of(home.compound, scope=scope), live=live, live_offering=runs, last_offering=_last(live, runs, at, scope) if live else None,
        extra_points=points.get(BROADBAND, 0), telephone_points=points.get(TELEPHONE, 0),
        name_holder=_holder(account, live is not None, names_at or at, scope),
        basket_id=basket.id if basket else None, in_basket=tuple(item.draft for item in basket.items) if basket else (),
        book=book, at=at, works_at=works_at, bundles=_bundles(live, runs, at, scope) if live else frozenset(),
        open_work=_open_work(live) if live else "", phones=phones, lines=_lines(phones, names_at or at),
        line_work={one.id: _open_work(one) for one in phones}, change_hall=change_hall(book) if phones else None, telephones=catalogue.telephones(scope=scope),
    )  # fmt: skip


def change_hall(book: PolicyBook) -> organisation.Hall | None:
    """The only hall that changes telephone lines; None where every hall does (CHG-06)."""
    named = book[catalogue.CHANGE_HALL]
    return organisation.hall_by_code(named, scope=Scope.operator()) if named else None


def read_target(
    *, dwelling_id: PremisesId, basket: orders.Basket | None, at: datetime, scope: Scope
) -> Target:
    """The dwelling a line is to be taken to. Raises PremisesNotFound, BadAccountName, UnknownLine."""
    home = customers.premises(dwelling_id, scope=scope)
    if home.kind is not customers.PremisesKind.DWELLING:
        raise customers.PremisesNotFound(field="address")
    account, kind = _account(home, scope), numbers.NumberKind.ACCOUNT
    holder = numbers.number_standing(kind=kind, number=account, at=at, scope=scope)
    mine = basket is not None and holder.basket_id == basket.id
    lives = subscriptions.subscriptions_at(dwelling_id=dwelling_id, scope=scope)
    return Target(
        home=home, account=account, source=numbers.line_source(number=account, kind=kind, scope=scope).source,
        taken=any(one.kind == BROADBAND for one in lives) or not numbers.may_take(holder.state, same_basket=mine),
    )  # fmt: skip


def read_line_wanted(
    wanted: LineWanted, *, dwelling_id: PremisesId, basket: orders.Basket | None, at: datetime, scope: Scope
) -> LineWanted:
    """The wanted line with whose number it is, and whether the compound has it free or this basket keeps it (ADR-03)."""
    number, kind = (
        customers.searched_phone(customers.normal_phone(wanted.number)),
        numbers.NumberKind.TELEPHONE,
    )
    compound = customers.premises(dwelling_id, scope=scope).compound
    found = numbers.free_numbers(
        kind=kind, compound=compound, source="", containing=number, limit=2, at=at, scope=scope
    )
    source = dict(found).get(number, "")
    if not source and basket is not None:
        held = numbers.number_standing(kind=kind, number=number, at=at, scope=scope)
        if held.basket_id == basket.id:
            source = numbers.line_source(number=number, kind=kind, scope=scope).source
    return replace(wanted, number=number, source=source, offered=bool(source))


def _works_at(dwelling_id: PremisesId, basket: orders.Basket | None) -> PremisesId:
    """Where a visit goes: to the new dwelling, once the basket takes the line there."""
    items = basket.items if basket else ()
    moved = (
        one.draft for one in items if one.draft.business == MOVE and one.draft.dwelling_id == dwelling_id
    )
    return next((PremisesId(one.details["to"]) for one in moved), dwelling_id)


def _holder(account: str, lives: bool, at: datetime, scope: Scope) -> numbers.NumberStanding:
    """Who has the name; of a live line it is known without asking."""
    kind = numbers.NumberKind.ACCOUNT
    if lives:
        return numbers.NumberStanding(kind, account, numbers.NumberState.IN_USE, None, None)
    return numbers.number_standing(kind=kind, number=account, at=at, scope=scope)


def _last(
    live: subscriptions.Subscription, runs: catalogue.Offering | None, at: datetime, scope: Scope
) -> catalogue.Offering | None:
    """What the last paid term is for: another speed may be booked behind the one that runs (CAT-02)."""
    code = live.terms[-1].offering if live.terms else None
    return (
        runs if code is None or (runs and runs.code == code) else catalogue.offering(code, at=at, scope=scope)
    )


def _bundles(
    live: subscriptions.Subscription, runs: catalogue.Offering | None, at: datetime, scope: Scope
) -> frozenset[str]:
    known = {runs.code: runs} if runs else {}
    paid = sorted({term.offering for term in live.terms if term.period.end > at})
    sold = (known.get(code) or catalogue.offering(code, at=at, scope=scope) for code in paid)
    return frozenset(one.code for one in sold if one.kind is catalogue.OfferingKind.BUNDLE)


def _lines(phones: Sequence[subscriptions.Subscription], at: datetime) -> tuple[voice.Line, ...]:
    """Lines belong to the operator, like the subscriptions that they are of."""
    ids = [int(one.id) for one in phones]
    found = voice.lines_of(ids, at=at, scope=Scope.operator()) if ids else ()
    return tuple(one for one in found if not one.state.closed)


def _open_work(live: subscriptions.Subscription) -> str:
    """Asked of every hall: whichever sold the work, the installer stands at the same door."""
    return fieldwork.open_work_of(subscription_id=live.id, scope=Scope.operator())


def _account(home: customers.PremisesView, scope: Scope) -> str:
    operator = organisation.operator(scope=scope)
    return numbers.account_name(
        compound_code=home.compound,
        building=home.building,
        unit=home.unit,
        room=home.room,
        digits=(operator.building_digits, operator.unit_digits, operator.room_digits),
    )
