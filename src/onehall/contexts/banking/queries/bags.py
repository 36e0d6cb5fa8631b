"""Reading bags and the bank's record. They belong to one hall: outside the scope they are not found."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from onehall.contexts.banking.contracts import Bag, BankLine, Finding
from onehall.contexts.banking.rules import masked, reconcile
from onehall.foundation.database import fetch_all
from onehall.foundation.scopes import NotFound, Scope
from onehall.foundation.values.ids import DrawerId, HallId
from onehall.foundation.values.money import Money
from onehall.foundation.vault import decrypt

_BAGS = """
    select b.id, b.hall_id as hall, b.serial, b.counted::text as counted, b.amount, b.sealed_by_id as sealed_by, b.sealed_at,
           b.signed_by_id as signed_by, b.signed_at, b.handed_at, b.handed_by_id as handed_by, b.carrier,
           array(select drawer_id from banking_bagdrawer d where d.bag_id = b.id order by drawer_id) as drawers
    from banking_bag b
    where (%(halls)s::bigint[] is null or b.hall_id = any(%(halls)s))
"""
_LINES = """
    select id, reference, booked_on, label, amount, payer from banking_bankline
    where (%(halls)s::bigint[] is null or hall_id = any(%(halls)s))
"""
_NOBODYS = "and not exists (select from banking_bankclaim c where c.line_id = banking_bankline.id)"
_NOTES = """
    select distinct on (bag_id, line_id) case when bag_id is null then 'line ' || line_id else 'bag ' || bag_id end as about, words
    from banking_banknote
    where hall_id = %(hall)s and (%(halls)s::bigint[] is null or hall_id = any(%(halls)s))
    order by bag_id, line_id, id desc
"""

# The line of a bag is the one that was kept first, whatever day the bank gives the others.
_FIRSTS = """
    select min(l.id) as id, b.id as bag
    from banking_bag b join banking_bankline l on l.hall_id = b.hall_id and l.label = b.serial
    left join banking_bankclaim c on c.line_id = l.id
    where c.line_id is null and b.hall_id = %(hall)s and (%(references)s::text[] is null or b.serial in (
        select label from banking_bankline where hall_id = %(hall)s and reference = any(%(references)s)))
    group by b.id
"""


def bag(bag_id: int, *, scope: Scope) -> Bag:
    """One bag. Raises NotFound, also for another hall's."""
    found = _bags(" and b.id = %(id)s", scope, id=bag_id)
    if not found:
        raise NotFound(what="这个封包", what_en="This bag")
    return found[0]


def arrivals(
    hall: HallId, references: Sequence[str] | None, *, scope: Scope
) -> tuple[tuple[BankLine, Bag | None], ...]:
    """These lines of the bank's record (all for None) that are bags' or nobody's, as they were kept; a bag stands at its first line."""
    scope.require(hall)
    wanted = {"hall": hall, "references": references}
    firsts = {row["id"]: row["bag"] for row in fetch_all(_FIRSTS, wanted)}
    bags = {bag.id: bag for bag in _bags(" and b.id = any(%(ids)s)", scope, ids=list(firsts.values()))}
    lines = _lines(
        " and hall_id = %(hall)s and (%(references)s::text[] is null or reference = any(%(references)s)) "
        + _NOBODYS
        + " order by id",
        scope,
        **wanted,
    )
    return tuple((line, bags[firsts[line.id]] if line.id in firsts else None) for line in lines)


def bags_of_hall(hall: HallId, *, limit: int, scope: Scope) -> tuple[Bag, ...]:
    """The newest bags of a hall first. Raises NotFound outside the scope."""
    scope.require(hall)
    return tuple(
        _bags(" and b.hall_id = %(hall)s order by b.id desc limit %(limit)s", scope, hall=hall, limit=limit)
    )


def bagged(drawers: Sequence[DrawerId], *, scope: Scope) -> frozenset[DrawerId]:
    """Which of these drawers lie in a bag."""
    rows = fetch_all(
        "select d.drawer_id as id from banking_bagdrawer d join banking_bag b on b.id = d.bag_id"
        " where d.drawer_id = any(%(ids)s) and (%(halls)s::bigint[] is null or b.hall_id = any(%(halls)s))",
        {"ids": list(drawers), "halls": scope.hall_list},
    )
    return frozenset(DrawerId(row["id"]) for row in rows)


def bank_line(line_id: int, *, scope: Scope) -> BankLine:
    """One line of the bank's record. Raises NotFound, also for another hall's."""
    found = _lines(" and id = %(id)s", scope, id=line_id)
    if not found:
        raise NotFound(what="这条银行记录", what_en="This line of the bank's record")
    return found[0]


def lines_by_reference(hall: HallId, references: Sequence[str], *, scope: Scope) -> dict[str, BankLine]:
    """Lines of a hall that are kept already, by the bank's reference."""
    rows = _lines(
        " and hall_id = %(hall)s and reference = any(%(refs)s)", scope, hall=hall, refs=list(references)
    )
    return {line.reference: line for line in rows}


def lines_labelled(labels: Sequence[str], *, scope: Scope) -> tuple[BankLine, ...]:
    """Lines that bear one of these labels and are nobody's yet, the oldest first."""
    return tuple(_lines(f" and label = any(%(labels)s) {_NOBODYS} order by id", scope, labels=list(labels)))


def findings(hall: HallId, *, bank_days: int, today: date, scope: Scope) -> tuple[Finding, ...]:
    """Every bag that left and every line the bank has, with what they say to each other; the newest first."""
    scope.require(hall)
    bags = _bags(" and b.hall_id = %(hall)s order by b.id desc", scope, hall=hall)
    lines = _lines(f" and hall_id = %(hall)s {_NOBODYS} order by booked_on, id", scope, hall=hall)
    notes = {
        row["about"]: row["words"] for row in fetch_all(_NOTES, {"hall": hall, "halls": scope.hall_list})
    }
    found = reconcile(bags=bags, lines=lines, notes=notes, bank_days=bank_days, today=today)
    return tuple(reversed(found))


def _bags(where: str, scope: Scope, **facts: Any) -> list[Bag]:
    return [
        Bag(
            **{
                **row, "amount": Money(row["amount"]), "drawers": tuple(row["drawers"]),
                "counted": {int(piece): number for piece, number in json.loads(row["counted"]).items()},
            }
        )
        for row in fetch_all(_BAGS + where, {"halls": scope.hall_list, **facts})
    ]  # fmt: skip


def _lines(where: str, scope: Scope, **facts: Any) -> list[BankLine]:
    rows = fetch_all(_LINES + where, {"halls": scope.hall_list, **facts})
    return [
        BankLine(**{**row, "amount": Money(row["amount"]), "payer": _payer(row["payer"])}) for row in rows
    ]


def _payer(sealed: bytes | None) -> str:
    """Who paid, masked: nothing else of a name leaves the room but what is asked for by name."""
    return masked(decrypt(bytes(sealed), context="banking_bankline.payer")) if sealed else ""
