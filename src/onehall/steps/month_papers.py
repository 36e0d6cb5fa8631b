"""月结单: a closed month with its drawers, their differences, and the bags that left (CSH-05, REC-01)."""

from collections.abc import Sequence
from datetime import datetime

from onehall.contexts.banking import api as banking
from onehall.contexts.custody import api as custody
from onehall.foundation.documents.contracts import Document
from onehall.foundation.documents.services import issue_document
from onehall.foundation.documents.tabular import Fact, Grid, PeriodSheet
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import Period, local
from onehall.foundation.values.text import Text
from onehall.steps.drawer_papers import name_of
from onehall.steps.papers import letterhead

_MANY = 10_000  # structural: more bags than a hall seals in a month


def issue_month_sheet(*, closed: banking.MonthClose, by: Actor, at: datetime) -> Document:
    """Stores the sheet of a month that was just closed."""
    span, scope = Period(closed.start, closed.end), by.scope
    month = f"{local(closed.start):%Y-%m}"
    drawers = custody.closed_drawers(closed.hall, span, scope=scope)
    bags = [
        bag for bag in banking.bags_of_hall(closed.hall, limit=_MANY, scope=scope) if bag.sealed_at in span
    ]
    form = PeriodSheet(
        head=letterhead(closed.hall, scope=scope), name=Text(month, month),
        total=Money.total(bag.amount for bag in bags),
        facts=_facts(closed, len(drawers), by, at),
        grids=(_differences(drawers, scope), _bags(bags)),
        signatures=(Text("提出人", "Proposed"), Text("批准人", "Approved")),
    )  # fmt: skip
    return issue_document(
        form,
        hall_id=closed.hall,
        serial=month,
        subject="period",
        subject_id=int(month.replace("-", "")),
        by=by,
        at=at,
    )


def _facts(closed: banking.MonthClose, drawers: int, by: Actor, at: datetime) -> tuple[Fact, ...]:
    return (
        Fact(label=Text("提出", "Proposed by"), value=name_of(closed.asked_by, scope=by.scope)),
        Fact(label=Text("批准", "Closed by"), value=name_of(by.user_id, scope=by.scope)),
        Fact(label=Text("月结时间", "Closed at"), value=at),
        Fact(label=Text("钱箱", "Drawers"), value=str(drawers)),
    )


def _differences(drawers: Sequence[custody.Drawer], scope: Scope) -> Grid:
    steps = [(one, custody.drawer_steps(one.id, scope=scope)[-1]) for one in drawers]
    return Grid(
        heading=Text("长短款", "Over and short"),
        columns=(
            Text("钱箱", "Drawer"),
            Text("营业员", "Clerk"),
            Text("长短", "Difference"),
            Text("原因", "Reason"),
        ),
        rows=tuple(
            (str(one.id), name_of(one.by, scope=scope), step.difference, step.reason)
            for one, step in steps
            if step.difference
        ),
    )


def _bags(bags: Sequence[banking.Bag]) -> Grid:
    return Grid(
        heading=Text("缴款封包", "Bags"),
        columns=(Text("封包号", "Bag"), Text("封包时间", "Sealed"), Text("金额", "Amount")),
        rows=tuple((bag.serial, f"{local(bag.sealed_at):%Y-%m-%d %H:%M}", bag.amount) for bag in bags),
    )
