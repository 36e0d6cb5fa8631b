"""Day report and journal as rows: the same for the screen and for the paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from onehall.contexts.ledger import api as ledger
from onehall.contexts.numbers import api as numbers
from onehall.entrances.board.drawers.views import KINDS
from onehall.foundation.documents.tabular import Fact, Grid
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import UserId
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import Period, day_of, local
from onehall.foundation.values.text import Text
from onehall.readings import day_books
from onehall.readings.drawers import DrawerLine, drawers_of_day
from onehall.readings.takings import TakingsLine, takings
from onehall.steps.drawer_papers import name_of

_MOST = 50


@dataclass(frozen=True, slots=True)
class Day:
    """All that the day report says."""

    match: tuple[day_books.MatchLine, ...]
    differences: tuple[day_books.Difference, ...]
    accounts: tuple[day_books.AccountLine, ...]
    stubs: day_books.Stubs
    written_off: tuple[tuple[numbers.StubsWrittenOff, str], ...]
    means: tuple[tuple[Text, Money, Money], ...]
    drawers: tuple[DrawerLine, ...]

    @property
    def hall(self) -> day_books.MatchLine:
        """All counters and clerks together."""
        return day_books.MatchLine.together(self.match)

    @property
    def net(self) -> Money:
        """Taken less given back, by all means."""
        return Money.total(taken - back for _, taken, back in self.means)


def day_told(day: date, *, by: Actor) -> Day:
    """The hall's day, each figure from rows of its own."""
    hall, span, scope = by.hall_id, day_of(day), by.scope
    return Day(
        match=day_books.three_way(hall=hall, span=span, scope=scope),
        differences=day_books.differences(hall=hall, span=span, limit=_MOST, scope=scope),
        accounts=day_books.accounts(hall=hall, span=span, scope=scope),
        stubs=day_books.stubs(hall=hall, span=span, scope=scope),
        written_off=tuple(
            (one, name_of(one.by, scope=scope))
            for one in numbers.stubs_written_off(hall, limit=_MOST, day=day, scope=scope)
        ),
        means=_by_means(takings(hall=hall, day=day, scope=scope)),
        drawers=drawers_of_day(hall=hall, day=day, scope=scope),
    )


def differing(span: Period, *, by: Actor) -> int:
    """How many payments of a span differ between account, cash and stubs, counted to the limit that pages show."""
    return len(day_books.differences(hall=by.hall_id, span=span, limit=_MOST, scope=by.scope))


def journal_told(day: date, clerk: UserId, *, by: Actor) -> tuple[day_books.JournalLine, ...]:
    """A clerk's day."""
    return day_books.journal(hall=by.hall_id, by=clerk, span=day_of(day), scope=by.scope)


def report_parts(told: Day) -> tuple[list[Fact], list[Grid], str]:
    """The paper of a day: facts, grids, and the sentence about the match."""
    facts = [
        Fact(label=Text("净收款", "Net takings"), value=told.net),
        Fact(label=Text("收据", "Receipts"), value=f"{told.stubs.first or '—'} – {told.stubs.last or '—'}"),
        Fact(
            label=Text("开具／作废／红字", "Issued, void, red"),
            value=f"{told.stubs.issued} / {told.stubs.void} / {told.stubs.red}",
        ),
        Fact(label=Text("不符的收款", "Payments that differ"), value=str(len(told.differences))),
    ]
    grids = [
        _grid("付款方式", "By means", ("方式|Means", "收|Taken", "退|Given back", "净|Net"),
              [(name, taken, back, taken - back) for name, taken, back in told.means]),
        _grid("科目", "By account", ("科目|Account", "名称|Name", "借方|Debit", "贷方|Credit"),
              [(one.code, one.name, one.debit, one.credit) for one in told.accounts]),
        _grid("帐、款、票据存根", "Accounts, cash, stubs", ("台席|Counter", "营业员|Clerk", "帐|Accounts", "款|Cash", "存根|Stubs"),
              [(one.counter or Text("全厅", "The hall"), one.clerk, one.account, one.cash, one.stubs) for one in (*told.match, told.hall)]),
        _stubs(told), _grid("钱箱", "Drawers", ("台席|Counter", "营业员|Clerk", "点得|Counted", "长短|Difference"),
              [(one.counter, one.clerk, one.counted or "—", one.difference or "—") for one in told.drawers]),
    ]  # fmt: skip
    remark = "；".join(
        f"收款 {one.id} 收据 {one.receipt}：帐 {one.account} 款 {one.cash} 存根 {one.stubs}"
        for one in told.differences
    )
    return facts, grids, remark


def _stubs(told: Day) -> Grid:
    """What the keeper of invoices wrote off for this day, book by book (RCP-02)."""
    heads = (
        "起号|First",
        "止号|Last",
        "应有／点到|Due, counted",
        "作废应有／点到|Void due, counted",
        "说明|Why it differs",
        "核对人|By",
    )
    rows = [
        (
            one.first_number, one.last_number, f"{one.papers} / {one.stubs}", f"{one.voids_due} / {one.voids}", one.reason or "—", name,
        )
        for one, name in told.written_off
    ]  # fmt: skip
    return _grid("存根销号", "Stubs written off", heads, rows)


def journal_parts(lines: tuple[day_books.JournalLine, ...]) -> tuple[list[Fact], list[Grid]]:
    """The paper of a journal."""
    net = lines[-1].balance if lines else Money.zero()
    facts = [
        Fact(label=Text("笔数", "Movements"), value=str(len(lines))),
        Fact(label=Text("净额", "Net"), value=net),
    ]
    heads = ("时间|At", "种类|Kind", "方式|Means", "收据|Receipt", "收|Received", "付|Given", "累计|Balance")
    rows = [
        (
            f"{local(one.at):%H:%M}", KINDS[one.kind], ledger.MEANS_NAMES[ledger.Means(one.means)], one.receipt or "—",
            one.received, one.given, one.balance,
        )
        for one in lines
    ]  # fmt: skip
    return facts, [_grid("日记账", "Journal", heads, rows)]


def _grid(zh: str, en: str, heads: tuple[str, ...], rows: Sequence[tuple[object, ...]]) -> Grid:
    columns = tuple(Text(*head.split("|")) for head in heads)
    return Grid(heading=Text(zh, en), columns=columns, rows=tuple(rows))


def _by_means(lines: tuple[TakingsLine, ...]) -> tuple[tuple[Text, Money, Money], ...]:
    found: dict[str, tuple[Money, Money]] = {}
    for line in lines:
        taken, back = found.get(line.means, (Money.zero(), Money.zero()))
        found[line.means] = (taken + line.taken, back + line.given_back)
    return tuple((ledger.MEANS_NAMES[ledger.Means(means)], *sums) for means, sums in sorted(found.items()))
