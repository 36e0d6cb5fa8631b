"""From what was read to what the first screen says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from onehall.contexts.fieldwork import api as fieldwork
from onehall.entrances.board.pages import address
from onehall.foundation.scopes import Actor
from onehall.foundation.values.money import Money
from onehall.foundation.values.text import Text
from onehall.foundation.web.tags.words import distance
from onehall.readings.board import Business, OpenDrawer, Opening, Waiting
from onehall.readings.deposits import ToDeposit

State = fieldwork.State
_OPEN = (
    State.TO_DISPATCH, State.DISPATCHED, State.TO_VISIT, State.IN_WORK, State.TO_RETURN, State.TO_FOLLOW_UP,
    State.TO_ARCHIVE,
)  # fmt: skip
_ELSEWHERE = {
    State.TO_RETURN: "/desk/returns/",
    State.TO_FOLLOW_UP: "/desk/follow-ups/",
    State.TO_ARCHIVE: "/desk/follow-ups/",
}
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Figure:
    """A tile: `kind` is "", warn or bad."""

    label: Text
    value: str
    unit: Text | None
    note: Text
    kind: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class ToDo:
    """A line of what waits for the person; `kind` marks it good, warn, bad or info; `since` is when it is due or happened."""

    words: Text
    href: str
    since: datetime | None
    kind: str = "info"
    detail: str = ""


def day_tiles(sold: Business, drawers: Sequence[OpenDrawer], limit: int, lang: str) -> list[Figure]:
    """Takings, sales, handling time and drawers; `limit` is the handling limit in seconds."""
    before = f"¥{sold.taken_before.text}"
    slow = sold.seconds is not None and sold.seconds > limit
    return [
        Figure(Text("今日收款", "Takings today"), f"¥{sold.taken.text}", None,
               Text(f"昨天此时 {before}", f"{before} by now yesterday")),
        Figure(Text("今日受理", "Sales today"), str(sold.sales), Text("单", "sales"),
               Text(f"超过时限 {sold.slow} 单", f"{sold.slow} beyond the limit")),
        Figure(Text("平均办理", "Handling time"), _span(sold.seconds).in_(lang), None,
               Text(f"时限 {_span(limit).zh}", f"limit {_span(limit).en}"), "warn" if slow else ""),
        Figure(Text("在用钱箱", "Open drawers"), str(len(drawers)), Text("个", "drawers"), _whose(drawers)),
    ]  # fmt: skip


def deposit_tile(waiting: Sequence[ToDeposit], hour: int) -> Figure:
    """Takings that lie in no bag; red once one of them is past the policy's hour (CSH-02)."""
    late = sum(one.late for one in waiting)
    due = Money.total(one.due for one in waiting if one.due is not None)
    note = (
        Text(f"过时 {late} 个钱箱", f"{late} drawers are late")
        if late
        else Text(f"{hour} 点前封包", f"to be bagged by {hour} h")
    )
    return Figure(
        Text("未缴营业款", "Not bagged"),
        f"¥{due.text}" if due or not late else "—",  # what an open drawer holds is not told (CSH-03)
        None,
        note,
        "bad" if late else "",
        "/board/deposits/",
    )


def busiest(sold: Business) -> Text:
    """What the chart of the hours says, once the day says something."""
    hour, most = max(sold.by_hour, key=lambda each: each[1])
    if most <= 1:
        return Text("今天各时受理", "Sales by the hour")
    return Text(f"{hour} 点最忙，{most} 单", f"Busiest at {hour} h with {most} sales")


def work_tiles(cases: Mapping[str, Waiting], at: datetime) -> list[Figure]:
    """One tile for each thing that open work orders wait for."""
    return [_work_tile(state, cases.get(state.value), at) for state in _OPEN]


def to_do(cases: Mapping[str, Waiting], opened: Sequence[Opening], by: Actor) -> list[ToDo]:
    """What this person may do now and others wait for, what is late first; then what a manager must have seen."""
    steps = [
        ("work.dispatch", State.TO_DISPATCH, "number", Text("{n} 张待发单", "{n} to dispatch")),
        ("work.accept", State.DISPATCHED, "to_sign", Text("{n} 张等您签收", "{n} for you to sign")),
        ("work.assign", State.TO_VISIT, "to_assign", Text("{n} 张待派装维", "{n} without an installer")),
        ("work.return", State.TO_RETURN, "number", Text("{n} 张待回单", "{n} to come back signed")),
        ("work.followup", State.TO_FOLLOW_UP, "number", Text("{n} 户待回访", "{n} to call")),
        ("work.archive", State.TO_ARCHIVE, "number", Text("{n} 张待归档", "{n} to archive")),
    ]
    lines = []
    for permission, state, counted, words in steps:
        group = cases.get(state.value)
        number = getattr(group, counted) if group else 0
        if group and number and by.may(permission):
            kind = "bad" if group.late else "warn" if group.soon else "info"
            said = Text(words.zh.format(n=number), words.en.format(n=number))
            lines.append(ToDo(said, _ELSEWHERE.get(state) or _list(state), group.oldest, kind))
    lines.sort(key=lambda line: ("bad", "warn", "info").index(line.kind))
    return lines + [_opening(one) for one in opened]


def _opening(one: Opening) -> ToDo:
    words = Text(f"{one.by} 破例查看 {one.customer}", f"{one.by} broke the glass on {one.customer}")
    return ToDo(words, address("/board/audit/", action="customer.opened"), one.at, "warn", one.reason)


def _work_tile(state: fieldwork.State, group: Waiting | None, at: datetime) -> Figure:
    words, number = fieldwork.STATES[state], group.number if group else 0
    kind, note = "", Text("都在时限内", "all in time") if number else Text("没有", "none")
    if group and group.late:
        kind, note = "bad", Text(f"超时 {group.late}", f"{group.late} overdue")
    elif group and group.soon:
        kind, note = "warn", Text(f"临近时限 {group.soon}", f"{group.soon} near the limit")
    if kind and group and group.oldest:
        away = group.oldest - at
        note = Text(f"{note.zh} · 最早 {distance(away, 'zh')}", f"{note.en} · {distance(away, 'en')}")
    return Figure(words, str(number), None, note, kind, _list(state))


def _list(state: fieldwork.State) -> str:
    return address("/board/work/", state=state.value)


def _whose(drawers: Sequence[OpenDrawer]) -> Text:
    named = drawers[:_NAMED]
    more = len(drawers) > _NAMED
    zh = "、".join(f"{one.counter}号 {one.clerk}" for one in named) + ("等" if more else "")
    en = ", ".join(f"{one.counter} {one.clerk}" for one in named) + (" …" if more else "")
    return Text(zh or "没有开箱", en or "none is open")


def _span(seconds: float | None) -> Text:
    """Seconds as a clerk says them."""
    if seconds is None:
        return Text("—", "—")
    minutes, rest = divmod(round(seconds), 60)
    zh = f"{minutes}分{rest}秒" if rest else f"{minutes}分"
    return Text(zh if minutes else f"{rest}秒", f"{minutes}:{rest:02d} min")
