"""What the operator knows when a register is judged: places, products, and the rules of the rooms they belong to."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import lru_cache
from sys import intern
from typing import Any

from onehall.contexts.catalogue import api as catalogue
from onehall.contexts.customers import api as customers
from onehall.contexts.numbers import api as numbers
from onehall.contexts.organisation import api as organisation
from onehall.contexts.registers import api as registers
from onehall.contexts.subscriptions import api as subscriptions
from onehall.contexts.voice import api as voice
from onehall.foundation.policy import PolicyBook
from onehall.foundation.scopes import Scope
from onehall.foundation.values.period import add_months, midnight
from onehall.foundation.values.text import Text

_LINE = 8  # structural: places of a fixed line without its area code
_DAYS = 4096  # structural: days of eleven years, remembered
_MOBILE = 11  # structural: places of a mobile number


def read_world(*, book: PolicyBook, at: datetime, scope: Scope) -> registers.World:
    """Read once for a sheet, however long it is."""
    known = customers.compounds(scope=scope)
    prefixes = numbers.prefixes(scope=scope, kind=numbers.NumberKind.TELEPHONE)
    operator = organisation.operator(scope=scope)
    digits = (operator.building_digits, operator.unit_digits, operator.room_digits)
    return registers.World(
        compounds={compound.name: compound.code for compound in known},
        products=_products(at, scope),
        points=book[subscriptions.INCLUDED_POINTS],
        identity=_identity(at.date()),
        phone=_is_mobile,
        address=_address(known),
        account=lambda place: _account(place, digits),
        line=lambda number: _is_line(number, prefixes),
        plans=frozenset(plan.code for plan in voice.plans(at=at, scope=scope)),
        alarm=(book[catalogue.LEAST_ALARM].fen, book[catalogue.MOST_ALARM].fen),
        term_end=lru_cache(maxsize=_DAYS)(add_months),
    )


def _products(at: datetime, scope: Scope) -> dict[str, registers.Product]:
    """Whatever was ever sold for a term, by its name."""
    return {
        one.name.zh: registers.Product(
            one.code, one.term_months, _list_price(catalogue.prices(one.code, scope=scope))
        )
        for one in catalogue.offerings_ever(at=at, scope=scope)
        if one.term_months
    }


def _list_price(versions: Sequence[catalogue.Price]) -> Callable[[date], int | None]:
    """The list price in fen on a day; before the first version the first."""

    @lru_cache(maxsize=_DAYS)
    def on(day: date) -> int | None:
        held = [price for price in versions if price.valid_from <= midnight(day)] or versions[:1]
        return held[-1].amount.fen if held else None

    return on


def _identity(today: date) -> Callable[[str], Text | None]:
    def fault(number: str) -> Text | None:
        try:
            customers.check_document(customers.DocumentKind.RESIDENT_ID, number, on=today)
        except customers.BadDocument as refusal:
            return Text(
                f"{refusal.facts['why']}；请对照证件逐位核对",
                f"{refusal.facts['why_en']}; compare it with the document",
            )
        return None

    return fault


def _is_mobile(typed: str) -> bool:
    try:
        kind, normal = customers.check_phone(typed)
    except customers.BadPhone:
        return False
    return normal == typed and len(typed) == _MOBILE and kind == "mobile"


def _address(known: list[customers.CompoundName]) -> Callable[[str, str], registers.Place | None]:
    names = {compound.code: compound.name for compound in known}
    codes = {compound.name: compound.code for compound in known}
    said_by = customers.address_reader(known)

    def read(words: str, project: str) -> registers.Place | None:
        said = said_by(words)
        compound = (said.compound or codes.get(project, "")) if said else ""
        if said is None or not (compound and said.room):
            return None
        building, unit, room = intern(said.building), intern(said.unit), intern(said.room)
        coded = f"{names[compound]}{building}#-{unit}-{room}"
        return registers.Place(compound, building, unit, room, words if words == coded else coded)

    return read


def _account(place: registers.Place, digits: tuple[int, int, int]) -> str | None:
    try:
        return numbers.account_name(
            compound_code=place.compound,
            building=place.building,
            unit=place.unit,
            room=place.room,
            digits=digits,
        )
    except numbers.BadAccountName:
        return None


def _is_line(number: str, prefixes: Sequence[Any]) -> bool:
    return (
        len(number) == _LINE and number.isdecimal() and any(number.startswith(one.prefix) for one in prefixes)
    )
