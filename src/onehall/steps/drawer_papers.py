"""钱箱报告: X while the drawer is in use, Z when it is closed, the same facts from the same function (LAW-40, CSH-03)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from onehall.contexts.custody import api as custody
from onehall.contexts.invoicing import api as invoicing
from onehall.contexts.ledger import api as ledger
from onehall.contexts.organisation import api as organisation
from onehall.foundation.documents.contracts import Document
from onehall.foundation.documents.services import issue_document
from onehall.foundation.documents.tabular import DrawerReport, Fact, Grid
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.values.ids import UserId
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import Period
from onehall.foundation.values.text import Text
from onehall.steps.papers import head_of

X, Z = Text("X 盘查（班中）", "X, mid-shift"), Text("Z 结账", "Z, closing")
DRAWER = "drawer"

_MEANS = tuple(
    Text(*pair)
    for pair in (
        ("付款方式", "Means"), ("期初", "Opening"), ("收", "Received"), ("找零", "Change"), ("退款", "Refunds"),
        ("存入", "Put in"), ("上缴", "Handed over"), ("应有", "Should be"), ("笔数", "Sales"), ("冲正", "Reversals"),
    )
)  # fmt: skip
_PIECES = (Text("面额", "Denomination"), Text("张／枚", "Pieces"), Text("金额", "Amount"))
_COUNTS = (
    Text("第几次", "Count"), Text("时间", "At"), Text("点得", "Counted"), Text("应有", "Should be"),
    Text("长（+）短（-）", "Over (+), short (-)"),
)  # fmt: skip


def issue_drawer_report(*, drawer: custody.Drawer, by: Actor, at: datetime) -> Document:
    """Stores the report of a drawer as it stands: Z once it is closed, else X."""
    scope = by.scope
    counts = custody.drawer_counts(drawer.id, scope=scope)
    closed = drawer.closed_at is not None
    standing = custody.drawer_standing(drawer.id, scope=scope, upto=counts[-1].upto if closed else None)
    issuer = organisation.issuer(hall_id=drawer.hall, counter_id=drawer.counter, scope=scope)
    form = DrawerReport(
        head=head_of(issuer), name=Z if closed else X,
        facts=_facts(drawer, counts if closed else (), standing, issuer.counter_no, scope, at),
        grids=(_means(standing), *(_counted(counts) if closed else ())),
        signatures=(Text("营业员", "Clerk"), Text("值班经理", "Duty manager")),
        remark=custody.drawer_steps(drawer.id, scope=scope)[-1].reason if closed else drawer.remark,
    )  # fmt: skip
    return issue_document(
        form, hall_id=drawer.hall, serial=f"{'Z' if closed else 'X'}{drawer.id}", subject=DRAWER, subject_id=drawer.id,
        by=by, at=at,
    )  # fmt: skip


def name_of(user: UserId, *, scope: Scope) -> str:
    """A person as papers name them; the login's number where no post is held in scope."""
    person = organisation.person_of_user(user, scope=scope)
    return f"{person.name}（{person.staff_no}）" if person else f"#{user}"


def _facts(
    drawer: custody.Drawer,
    counts: Sequence[custody.Count],
    standing: Sequence[custody.Standing],
    counter_no: str,
    scope: Scope,
    at: datetime,
) -> tuple[Fact, ...]:
    receipts = ledger.receipts_of_payments(custody.drawer_payments(drawer.id, scope=scope), scope=scope)
    void = sum(one.voided_at is not None for one in receipts)
    span = f"{receipts[0].number} – {receipts[-1].number}" if receipts else "—"
    facts: list[tuple[Text, Text | Money | datetime | str]] = [
        (Text("台席", "Counter"), counter_no), (Text("营业员", "Clerk"), name_of(drawer.by, scope=scope)),
        (Text("开箱", "Opened"), drawer.opened_at), (Text("截止", "Up to"), drawer.closed_at or at),
        (Text("备用金应有", "Float due"), drawer.expected_float), (Text("开箱点得", "Float counted"), drawer.opening_float),
        (Text("应有现金", "Cash due"), standing[0].balance), (Text("收据号", "Receipts"), span),
        (Text("收据／作废", "Receipts, void"), f"{len(receipts)} / {void}"), *_red(drawer, scope, at),
    ]  # fmt: skip
    if counts:
        facts += [
            (Text("点得现金", "Cash counted"), counts[-1].amount),
            (Text("长短款", "Over or short"), counts[-1].difference),
            (Text("确认人", "Confirmed by"), name_of(drawer.confirmed_by or drawer.by, scope=scope)),
        ]
    return tuple(Fact(label=label, value=value) for label, value in facts)


def _red(drawer: custody.Drawer, scope: Scope, at: datetime) -> list[tuple[Text, str]]:
    """The red receipts that the clerk gave while the drawer was open; nothing where there are none."""
    span = Period(drawer.opened_at, (drawer.closed_at or at) + timedelta(microseconds=1))
    red = invoicing.red_receipts_given(drawer.counter, by=drawer.by, span=span, scope=scope)
    return [(Text("红字收据", "Red receipts"), ", ".join(one.number for one in red))] if red else []


def _means(standing: Sequence[custody.Standing]) -> Grid:
    rows = tuple(
        (
            ledger.MEANS_NAMES[ledger.Means(one.means)], one.opening, one.received, one.change, one.refunds, one.put_in,
            one.deposits, one.balance, one.sales, one.reversals,
        )
        for one in standing
    )  # fmt: skip
    return Grid(heading=Text("各种付款方式", "By means of payment"), columns=_MEANS, rows=rows)


def _counted(counts: Sequence[custody.Count]) -> tuple[Grid, ...]:
    pieces = tuple(
        (Money(piece).text, number, Money(piece * number))
        for piece, number in sorted(counts[-1].counted.items(), reverse=True)
    )
    turns = tuple((one.turn, f"{one.at:%H:%M}", one.amount, one.expected, one.difference) for one in counts)
    return (
        Grid(heading=Text("清点（面额）", "The count by denomination"), columns=_PIECES, rows=pieces),
        Grid(heading=Text("每次清点", "Every count"), columns=_COUNTS, rows=turns),
    )
