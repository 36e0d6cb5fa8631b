"""From counts to charts whose titles say what was found."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from onehall.entrances.board.orders.asked import STATES, Asked
from onehall.foundation.values.period import local
from onehall.foundation.values.text import Text
from onehall.readings.orders_board import EDGES, DayCount

OPEN = ("accepted", "completed")
_AGES = (
    (0, Text("当天", "today")),
    (1, Text("1 天", "1 day")),
    (3, Text("3 天", "3 days")),
    (7, Text("7 天以上", "7 days +")),
)
"""From how many days on; the last has no end."""
_MOST_COLUMNS = 31


@dataclass(frozen=True, slots=True)
class Chart:
    """A title that states the finding, what is counted, and columns of (words, count, address, mark)."""

    title: Text
    unit: Text
    columns: list[tuple[Text, int, str, bool]] = field(default_factory=list)

    @property
    def some(self) -> bool:
        """Whether there is anything to show."""
        return any(count for _, count, _, _ in self.columns)


def by_state(counts: Sequence[DayCount], asked: Asked) -> Chart:
    """How many orders stand where; what is not filed is the finding."""
    found = Counter[str]()
    for one in counts:
        found[one.state] += one.number
    whole, waiting = sum(found.values()), sum(found[state] for state in OPEN)
    title = Text(f"受理 {whole} 单，{waiting} 单还没归档", f"{whole} orders, {waiting} not filed yet")
    states = [state for state in STATES if state != "open"]
    return Chart(title, Text("订单 张", "orders"), [
        (STATES[state], found[state], asked.href(state=state, slow=""), False) for state in states
    ])  # fmt: skip


def by_age(counts: Sequence[DayCount], asked: Asked, at: datetime) -> Chart:
    """How long the orders that are not filed have waited; what waits a week is marked."""
    today, ages = local(at).date(), Counter[int]()
    for one in counts:
        if one.state in OPEN:
            ages[max(edge for edge, _ in _AGES if edge <= max((today - one.day).days, 0))] += one.number
    oldest = min((one.oldest for one in counts if one.state in OPEN and one.oldest), default=None)
    title = Text("没有在等的订单", "no order waits")
    if oldest is not None:
        days = (today - local(oldest).date()).days
        title = Text(f"等得最久的 {days} 天", f"the longest has waited {days} days")
    href = asked.href(state="open", slow="")
    return Chart(title, Text("没归档的订单 张", "orders not filed"), [
        (words, ages[edge], href, edge == _AGES[-1][0] and ages[edge] > 0) for edge, words in _AGES
    ])  # fmt: skip


def by_handling(buckets: Sequence[int], asked: Asked, *, limit: int) -> Chart:
    """How long acceptance and payment took; columns beyond the limit are marked (ORD-11)."""
    whole = sum(buckets)
    slow = sum(number for edge, number in zip(EDGES, buckets, strict=True) if edge >= limit)
    title = Text("还没有办理时间", "nothing was measured yet")
    if whole:
        share = round(slow * 100 / whole)
        title = Text(f"{share}% 超过 {limit} 秒的时限", f"{share}% took longer than {limit} s")
    columns = [
        (
            _span(place),
            number,
            asked.href(state="", slow="1" if edge >= limit else ""),
            edge >= limit and number > 0,
        )
        for place, (edge, number) in enumerate(zip(EDGES, buckets, strict=True))
    ]
    return Chart(title, Text("收款 单", "payments"), columns)


def by_day(counts: Sequence[DayCount], asked: Asked) -> Chart:
    """Orders a day; each opens its day."""
    found = Counter[Any]()
    for one in counts:
        found[one.day] += one.number
    first, last = local(asked.start).date(), local(asked.end - timedelta(seconds=1)).date()
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)][-_MOST_COLUMNS:]
    busiest = max(found, key=lambda day: found[day], default=None)
    title = Text("还没有订单", "no orders yet")
    if busiest is not None:
        title = Text(
            f"{busiest:%m-%d} 最忙，{found[busiest]} 单", f"{busiest:%m-%d} was busiest: {found[busiest]}"
        )
    return Chart(title, Text("每天受理 张", "orders a day"), [
        (Text(f"{day:%d}", f"{day:%d}"), found[day], asked.href(day=day.isoformat(), state="", slow=""), False) for day in days
    ])  # fmt: skip


def _span(place: int) -> Text:
    low = int(EDGES[place] / 60)
    if place == len(EDGES) - 1:
        return Text(f"{low} 分以上", f"{low} min +")
    high = int(EDGES[place + 1] / 60)
    return Text(f"{low}–{high} 分", f"{low}–{high} min")
