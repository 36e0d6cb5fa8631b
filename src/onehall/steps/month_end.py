"""What is still open in a hall's month: each with the way to it (CSH-05)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from onehall.contexts.banking import api as banking
from onehall.contexts.clearing import api as clearing
from onehall.contexts.custody import api as custody
from onehall.foundation.scopes import Scope
from onehall.foundation.values.ids import HallId
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import Period, local
from onehall.foundation.values.text import Text

_AGREE = (banking.Verdict.MATCHED, banking.Verdict.AWAITED)
_MANY = 10_000  # structural: more bags than a hall seals in a month


class Stage(StrEnum):
    """What is done before a month is closed, in this order."""

    DRAWERS = "drawers"
    BAGS = "bags"
    DEPOSITS = "deposits"
    BANK = "bank"
    PROVIDERS = "providers"


@dataclass(frozen=True, slots=True)
class OpenItem:
    """One thing that stands in the way of a month's close, and in which stage."""

    stage: Stage
    words: Text
    href: str


def open_items(
    *, hall: HallId, span: Period, bank_days: int, at: datetime, scope: Scope
) -> tuple[OpenItem, ...]:
    """Drawers not closed, takings in no bag, bags that did not leave, differences nobody explained."""
    unclosed = [
        one for one in custody.open_drawers(scope=scope) if one.hall == hall and one.opened_at < span.end
    ]
    closed = [one.id for one in custody.closed_drawers(hall, span, scope=scope)]
    bagged = banking.bagged(closed, scope=scope)
    dues = custody.takings_due([one for one in closed if one not in bagged], scope=scope)
    bags = banking.bags_of_hall(hall, limit=_MANY, scope=scope)
    found = banking.findings(hall, bank_days=bank_days, today=local(at).date(), scope=scope)
    return (
        *(_item(Stage.DRAWERS, f"钱箱 {one.id} 没有结账", f"Drawer {one.id} is not closed", f"/board/drawers/{one.id}") for one in unclosed),
        *(
            _item(Stage.BAGS, f"钱箱 {one} 的 {due} 元没有封包", f"{due} of drawer {one} lie in no bag", "/board/deposits/")
            for one, due in dues.items()
            if due != Money.zero()
        ),
        *(
            _item(Stage.DEPOSITS, f"封包 {bag.serial} 没有送存", f"Bag {bag.serial} has not left", f"/board/deposits/bags/{bag.id}")
            for bag in bags
            if bag.handed_at is None and bag.sealed_at < span.end
        ),
        *_unsettled(hall, span, scope), *(_difference(one) for one in found if one.verdict not in _AGREE and not one.explained and _within(one, span)),
    )  # fmt: skip


def _unsettled(hall: HallId, span: Period, scope: Scope) -> list[OpenItem]:
    """Differences with providers that nobody settled."""
    found = clearing.differences(hall, settled=False, limit=_MANY, scope=scope)
    names = [one.found.number for one in found if one.day < local(span.end).date()]
    said = [
        (f"{name} 与支付平台不符，没有处理", f"{name} differs from the provider and is not settled")
        for name in names
    ]
    return [_item(Stage.PROVIDERS, zh, en, "/board/charges/bills") for zh, en in said]


def _item(stage: Stage, zh: str, en: str, href: str) -> OpenItem:
    return OpenItem(stage, Text(zh, en), href)


def _difference(one: banking.Finding) -> OpenItem:
    about = one.bag.serial if one.bag else one.line.reference if one.line else ""
    return _item(
        Stage.BANK,
        f"{about} 与银行不符，没有说明",
        f"{about} differs from the bank and is not explained",
        "/board/deposits/bank",
    )


def _within(one: banking.Finding, span: Period) -> bool:
    """Whether it belongs to the month or an earlier one."""
    if one.bag is not None:
        return one.bag.sealed_at < span.end
    return one.line is not None and one.line.booked_on < local(span.end).date()
