"""After the kills: providers, bank, bags, months and balances against the books, and the books among themselves."""

import json
from collections.abc import Iterator, Mapping, Sequence
from subprocess import CompletedProcess
from typing import Any

from chaos.hall import Hall
from chaos.proof import rows
from chaos.told import BagTold, MonthTold, PayoutTold, SlipTold, Tally, TransferTold

_CHARGES = """
    select c.id, c.basket_id as basket, c.number, c.provider, c.way, c.amount, e.state, u.payment_id as payment, v.id is not null as reversed
    from acquiring_charge c
    join lateral (select state from acquiring_chargeevent where charge_id = c.id order by id desc limit 1) e on true
    left join acquiring_chargeuse u on u.charge_id = c.id
    left join ledger_reversal v on v.payment_id = u.payment_id
"""
_TRANSFERS = """
    select l.reference, l.amount, c.about, h.basket_id as basket,
           (select count(*) from acquiring_chargeuse u where u.charge_id = h.id) as used,
           (select count(*) from ledger_cashbooking k where k.source = 'line' and k.source_id = l.id) as booked
    from banking_bankline l
    left join banking_bankclaim c on c.line_id = l.id
    left join acquiring_charge h on h.number = c.about
"""
_BAGS = "select id, serial, amount, signed_at is not null as signed, handed_at is not null as left from banking_bag"
_MONTHS = """
    select to_char(start at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as first, closed_at is not null as closed,
           (select count(*) from documents_document d where d.subject = 'period'
            and d.subject_id = to_char(m.start at time zone 'Asia/Shanghai', 'YYYYMM')::bigint and d.hall_id = m.hall_id) as papers
    from banking_monthclose m
"""
_PAYOUTS = """
    select m.reference as approval, -m.amount as fen, b.party_id as party,
           (select count(*) from ledger_cashbooking k where k.source = 'refund' and k.source_id = m.reference) as booked
    from balances_movement m join balances_balance b on b.id = m.balance_id where m.kind = 'refund'
"""
_PAYOUT_ENTRIES = "select count(*) as n from custody_drawerentry where kind = 'payout'"
_BALANCES = """
    select b.party_id as party, b.amount, coalesce(sum(m.amount), 0)::bigint as moved
    from balances_balance b left join balances_movement m on m.balance_id = b.id group by 1, 2
"""
_REFERENCE = 12
_HELD = ("succeeded", "refunding", "refund_refused")
"""States in which the books say that the provider has the customer's money."""


def findings(
    hall: Hall, tally: Tally, paid: Mapping[str, Mapping[str, int]], done: "CompletedProcess[str]"
) -> Iterator[str]:
    """Everything about money that differs between who was told what, who holds it, and the books. `paid` is what providers say,
    `done` what `chaos.books` said.
    """
    if done.returncode:
        yield f"the books could not be read: {done.stderr[-3000:]}"
        return
    books = json.loads(done.stdout)
    yield from days(books)
    charges = rows(hall, _CHARGES)
    yield from providers(charges, paid, set(books["to_see_to"]))
    yield from slips(charges, tally.slips)
    yield from given_back(charges, tally.given_back)
    yield from transfers(rows(hall, _TRANSFERS), tally.transfers)
    yield from bags(rows(hall, _BAGS), books["bags"], tally.bags)
    yield from months(rows(hall, _MONTHS), tally.months)
    yield from payouts(rows(hall, _PAYOUTS), rows(hall, _PAYOUT_ENTRIES)[0]["n"], tally.payouts)
    for row in rows(hall, _BALANCES):
        if row["amount"] != row["moved"]:
            yield f"balance of {row['party']} is {row['amount']}, its movements add up to {row['moved']}"


def days(books: Mapping[str, Any]) -> Iterator[str]:
    """The three-way match: accounts, cash and stubs."""
    for day in books["days"]:
        if not day["account"] == day["cash"] == day["stubs"]:
            yield f"the day does not match: {day}"
    for one in books["differences"]:
        yield f"the day report differs: {one}"


def providers(
    charges: Sequence[Mapping[str, Any]], paid: Mapping[str, Mapping[str, int]], listed: set[str]
) -> Iterator[str]:
    """Every fen that a provider has is a sale, or on its way back, or on the manager's list; and nothing else is a sale."""
    ours = {row["number"]: row for row in charges if row["provider"] in paid}
    theirs = {number: (name, fen) for name, some in paid.items() for number, fen in some.items()}
    for number, (name, fen) in theirs.items():
        row = ours.get(number)
        if row is None:
            if not number.startswith("S"):
                yield f"{name} has {fen} for {number}, which the hall does not know"
        elif row["amount"] != fen or row["state"] not in _HELD:
            yield f"{name} has {fen} for {number}; the hall says {row}"
    for number, row in ours.items():
        if row["state"] in ("succeeded", "refund_refused") and number not in theirs:
            yield f"{row['provider']} has nothing for {number}; the hall says {row}"
    for row in charges:
        sold = row["payment"] is not None and not row["reversed"]
        if sold and row["state"] != "succeeded":
            yield f"charge {row['number']} is {row['state']} and part of a sale"
        if row["state"] in ("asked", "waiting"):
            yield f"charge {row['number']} is still {row['state']}"
        if row["state"] in _HELD and not sold and row["number"] not in listed:
            yield f"charge {row['number']} has no sale and is not on the manager's list: {row}"
        if row["reversed"] and row["state"] == "succeeded":
            yield f"charge {row['number']} is part of a sale that was undone"


def slips(charges: Sequence[Mapping[str, Any]], told: Sequence[SlipTold]) -> Iterator[str]:
    """A slip that was typed is on record, for its basket; one that was refused is not."""
    known = {row["number"][-_REFERENCE:]: row for row in charges if row["way"] == "slip"}
    for one in told:
        row = known.pop(one.reference, None)
        if (one.typed is not None and one.typed != (row is not None)) or (
            row and (row["basket"], row["amount"]) != (one.basket, one.fen)
        ):
            yield f"slip {one}, found {row}"
    yield from (f"slip {number} was typed by nobody" for number in known)


def given_back(charges: Sequence[Mapping[str, Any]], told: Sequence[int]) -> Iterator[str]:
    """What the manager gave back is on its way, or back."""
    states = {row["id"]: row["state"] for row in charges}
    for one in told:
        if states.get(one) not in ("refunding", "refunded", "refund_refused"):
            yield f"charge {one} was given back and is {states.get(one)}"


def transfers(lines: Sequence[Mapping[str, Any]], told: Sequence[TransferTold]) -> Iterator[str]:
    """Each transfer stands once in the record, and pays what it was told to pay, once."""
    known = {row["reference"]: row for row in lines}
    for one in told:
        row = known.get(one.reference)
        if row is None:
            if one.shown:
                yield f"transfer {one.reference} was read and is gone"
            continue
        if row["amount"] != one.fen:
            yield f"transfer {one.reference} over {one.fen} stands as {row['amount']}"
        if one.claimed and row["basket"] != one.basket:
            yield f"transfer {one.reference} was claimed for basket {one.basket}: {row}"
        if row["basket"] not in (None, one.basket) or row["used"] > 1:
            yield f"transfer {one.reference} pays another basket: {row}, {one}"
        if one.claimed is False and row["basket"] is not None:
            yield f"transfer {one.reference} was refused and is claimed: {row}"


def bags(
    made: Sequence[Mapping[str, Any]], verdicts: Mapping[str, str], told: Sequence[BagTold]
) -> Iterator[str]:
    """Each bag is signed, away and matched by the bank as it was told."""
    known = {row["id"]: row for row in made}
    for one in told:
        row = known.get(one.bag)
        if row is None or row["amount"] != one.fen:
            yield f"bag {one.bag} over {one.fen} stands as {row}"
            continue
        if (one.signed and not row["signed"]) or (one.left and not row["left"]):
            yield f"bag {one.bag} was told {one}, found {row}"
        verdict = verdicts.get(row["serial"], "")
        if one.shown and verdict != "matched":
            yield f"bag {row['serial']} arrived and is {verdict or 'not compared'}"
        if row["left"] and verdict not in ("matched", "awaited"):
            yield f"bag {row['serial']} left and is {verdict or 'not compared'}"


def months(closes: Sequence[Mapping[str, Any]], told: Sequence[MonthTold]) -> Iterator[str]:
    """A month that was told closed is closed, with one sheet; nobody else closed one."""
    known = {row["first"]: row for row in closes}
    for one in told:
        row = known.pop(one.first, None)
        if (one.proposed and row is None) or (one.closed and not (row and row["closed"])):
            yield f"month {one.first} was told {one}, found {row}"
        if one.closed is False:
            yield f"month {one.first} was refused: {one}, {row}"
        if row and row["papers"] != int(row["closed"]):
            yield f"month {one.first}: {row['papers']} sheets, closed {row['closed']}"
    yield from (f"month {first} was proposed by nobody" for first in known)


def payouts(moved: Sequence[Mapping[str, Any]], entries: int, told: Sequence[PayoutTold]) -> Iterator[str]:
    """What was told paid out left balance, drawer and books once; nothing else did."""
    known = {row["approval"]: row for row in moved}
    for one in told:
        row = known.pop(one.approval, None)
        if one.paid is not None and one.paid != (row is not None):
            yield f"payout {one}, found {row}"
        if row and (row["fen"], row["party"], row["booked"]) != (one.fen, one.party, 1):
            yield f"payout {one}, found {row}"
    yield from (f"payout {row} was asked by nobody" for row in known.values())
    if entries != len(moved):
        yield f"{entries} payouts left drawers, {len(moved)} left balances"
