"""A hall with counters at work, sixteen as a rule, and thousands of customers who are about to pay for another year.

One customer is served by the journeys themselves; every other row is that customer's row with other names and numbers.
"""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import psycopg
from psycopg import sql

HALL = "xinyuan"
TILLS = 16
HOMES = 7500
"""Dwellings of the hall's compounds that are used; each customer has one line."""
FIRST = 1_000_000
"""Where the copies' ids begin: far above what sequences give out meanwhile."""
RECEIPTS = 90_000
COPIES = "select (jsonb_populate_record(null::{table}, to_jsonb(p) || {other})).* from {table} p, {source} where {own}"


@dataclass(frozen=True)
class Till:
    """A clerk signed in at a counter, and the baskets of the customers who stand in line there."""

    token: str
    baskets: list[int]


@dataclass(frozen=True)
class Line:
    """All tills; every basket costs the same."""

    tills: list[Till]
    due: str


def open_hall(url: str, *, baskets: int, homes: int = HOMES, tills: int = TILLS) -> Line:
    """Fills a migrated, empty database. Django must be set up and point to it."""
    from onehall.journeys.install_profile import install_profile

    at = datetime.now(UTC)
    install_profile(profile="dawei", by=None, at=at, demo=True)
    seats = _counters(at, tills)
    clerks = [_clerk(number, seat, at) for number, seat in enumerate(seats)]
    first, due = _first_customer(clerks[0][1], at)
    with psycopg.connect(url) as connection:
        _copies(
            connection,
            first,
            baskets,
            homes,
            [seat.id for seat in seats],
            [actor.user_id for _, actor in clerks],
        )
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("vacuum (analyze)")
        lines = [
            [row[0] for row in connection.execute("select id from orders_basket where id >= %s and counter_id = %s order by id", [FIRST, seat.id])]
            for seat in seats
        ]  # fmt: skip
    return Line([Till(token, line) for (token, _), line in zip(clerks, lines, strict=True)], due)


def _counters(at: datetime, tills: int) -> list[Any]:
    """General counters with receipt books that no benchmark empties."""
    from onehall.contexts.numbers import api as numbers
    from onehall.contexts.organisation import api as organisation
    from onehall.foundation.database import transaction
    from onehall.foundation.scopes import Scope
    from onehall.foundation.values.text import Text

    everywhere = Scope.operator()
    hall = organisation.hall_by_code(HALL, scope=everywhere)
    with transaction():
        for number in range(tills):
            seat = organisation.establish_counter(
                hall_id=hall.id, no=f"B{number:02}", name=Text("综合台席", "General counter"),
                capabilities=[organisation.EVERY_BUSINESS], by=None, at=at,
            )  # fmt: skip
            first = (number + 1) * 100_000
            numbers.establish_book(
                kind="receipt", hall_id=hall.id, counter_id=seat, prefix="B", first=first,
                last=first + RECEIPTS, width=8, by=None, at=at,
            )  # fmt: skip
    return [one for one in organisation.counters(hall.id, scope=everywhere) if one.no.startswith("B")]


def _clerk(number: int, seat: Any, at: datetime) -> tuple[str, Any]:
    """Signed in, with the drawer open: the browser's token and the actor."""
    from onehall.foundation.database import transaction
    from onehall.foundation.identity.grants import establish_grant
    from onehall.foundation.identity.queries import presence
    from onehall.foundation.identity.services import establish_user
    from onehall.journeys.open_drawer import open_drawer
    from onehall.journeys.sign_in import sign_in

    staff_no, password = f"B{number:03}", secrets.token_urlsafe(12)
    with transaction():
        user = establish_user(staff_no=staff_no, name=f"营业员{number}", password=password, must_change=False)
        establish_grant(user_id=user, role_code="clerk", hall_id=seat.hall_id)
    token = sign_in(
        staff_no=staff_no, password=password, hall_id=seat.hall_id, counter_id=seat.id, at=at
    ).token
    found = presence(token=token, at=at)
    assert found is not None
    open_drawer(intent=uuid4(), counted={10000: 5}, remark="", by=found.actor, at=at)
    return token, found.actor


def _first_customer(actor: Any, at: datetime) -> tuple[dict[str, int], str]:
    """Takes broadband for a year, then comes back to renew it: ids of what was written, and what is due now."""
    from onehall.contexts.customers import api as customers
    from onehall.contexts.orders import api as orders
    from onehall.contexts.subscriptions import api as subscriptions
    from onehall.foundation.scopes import Scope
    from onehall.journeys.add_item import add_item
    from onehall.journeys.register_customer import register_customer
    from onehall.journeys.take_payment import take_payment

    given = customers.CustomerGiven(
        kind=customers.PartyKind.INDIVIDUAL,
        name="王建国",
        document=customers.DocumentGiven(customers.DocumentKind.RESIDENT_ID, "610113196803021234"),
        phones=("13892706021",),
        papers=customers.papers_required(customers.PartyKind.INDIVIDUAL, agent=False),
    )
    long_ago = at - timedelta(days=200)
    agreed = customers.Agreed("2026-01", notice=True, sensitive=True)
    party = register_customer(intent=uuid4(), given=given, agreed=agreed, by=actor, at=long_ago).id
    home = customers.dwelling(compound="dw", building="1", unit="1", room="101", scope=Scope.operator()).id
    what = {"party_id": party, "dwelling_id": home, "offering": "bb20-year", "quantity": 1, "by": actor}
    basket = add_item(**what, business="new_broadband", at=long_ago)
    take_payment(
        basket_id=basket.id, due=basket.total, tendered=basket.total, intent=uuid4(), by=actor, at=long_ago
    )
    renewal = add_item(**what, business="renewal", at=at)
    (line,) = subscriptions.subscriptions_of(party_id=party, scope=Scope.operator())
    ids = {"party": party, "home": home, "line": line.id, "basket": renewal.id}
    assert orders.basket(basket_id=renewal.id, scope=Scope.operator()).total == renewal.total
    return ids, renewal.total.text


def _copies(
    connection: psycopg.Connection[tuple[object, ...]],
    first: dict[str, int],
    baskets: int,
    homes: int,
    seats: list[int],
    users: list[int],
) -> None:
    """Rows of all other customers, and their open baskets spread evenly over the counters."""
    connection.execute(
        "create temp table homes as select row_number() over (order by id) + %s as n, id as home, path"
        " from customers_premises where kind = 'dwelling' and path ~ '^(dw|rq)/' and id <> %s order by id limit %s",
        [FIRST, first["home"], homes],
    )
    connection.execute(
        "create temp table visits as select g + %(first)s as b, h.*,"
        " (%(seats)s::bigint[])[(g + g / %(homes)s) %% %(tills)s + 1] as seat,"
        " (%(users)s::bigint[])[(g + g / %(homes)s) %% %(tills)s + 1] as clerk"
        " from generate_series(0, %(baskets)s - 1) g join homes h on h.n = %(first)s + 1 + g %% %(homes)s",
        {
            "first": FIRST,
            "homes": homes,
            "tills": len(seats),
            "seats": seats,
            "users": users,
            "baskets": baskets,
        },
    )
    party, line, basket = first["party"], first["line"], first["basket"]
    name = "'b' || n"
    for table, source, own, other in (
        ("customers_party", "homes", f"p.id = {party}", "'id', n, 'name', '客户' || n"),
        ("customers_identitydocument", "homes", f"p.party_id = {party}", "'id', n, 'party_id', n, 'number_hash', sha256(n::text::bytea)"),
        ("customers_contact", "homes", f"p.party_id = {party}", "'id', n, 'party_id', n, 'phone_hash', sha256(n::text::bytea)"),
        ("subscriptions_subscription", "homes", f"p.id = {line}", f"'id', n, 'party_id', n, 'dwelling_id', home, 'account_name', {name}, 'serial', 'B' || n, 'order_id', null"),
        ("subscriptions_term", "homes", f"p.subscription_id = {line}", "'id', n, 'subscription_id', n, 'order_id', null"),
        ("numbers_number", "homes", "p.kind = 'account'", f"'id', n, 'number', {name}, 'dwelling_id', home"),
        ("access.broadband", "homes", f"p.subscription_id = {line}", f"'account', {name}, 'subscription_id', n"),
        ("orders_basket", "visits", f"p.id = {basket}", "'id', b, 'counter_id', seat, 'by_id', clerk, 'party_id', n"),
        ("orders_basketitem", "visits", f"p.basket_id = {basket}",
         "'id', b, 'basket_id', b, 'dwelling_id', home, 'subscription', n, 'by_id', clerk, 'details',"
         f" p.details || jsonb_build_object('account', {name}, 'serial', 'B' || n)"),
    ):  # fmt: skip
        copy = COPIES.format(table=table, source=source, own=own, other=f"jsonb_build_object({other})")
        connection.execute(
            sql.SQL("insert into {} {}").format(sql.Identifier(*table.split(".")), sql.SQL(copy))
        )
