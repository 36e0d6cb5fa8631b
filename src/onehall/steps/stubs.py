"""What the keeper of invoices looks through: the papers of a hall up to the end of a day, once its drawers are handed in (RCP-02)."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from onehall.contexts.custody import api as custody
from onehall.contexts.invoicing import api as invoicing
from onehall.contexts.numbers import api as numbers
from onehall.contexts.organisation import api as organisation
from onehall.contexts.workforce import api as workforce
from onehall.foundation.refusals import Refusal
from onehall.foundation.scopes import Scope
from onehall.foundation.values.ids import BookId, HallId, UserId
from onehall.foundation.values.period import day_of, local

_IN_FLIGHT = timedelta(days=1)
"""A sale that began before stubs were looked at may be written after; what was written off is passed over by its number."""


class StubsRefused(Refusal):
    """Stubs are looked through by the named keeper, after the hand-in, and by nobody else (RCP-02)."""

    code = "stubs.refused"
    rule = "RCP-02"
    zh = "现在不能核销存根：{why}。"
    en = "Stubs cannot be written off now: {why_en}."
    alternative_zh = "由本厅票据管理员在当日钱箱交账后逐本核对；票据管理员在“人员”页指定。"
    alternative_en = "The hall's keeper of invoices goes through each book after the day's drawers are handed in; the keeper is named on the staff page."


def keeper_of(hall: HallId, *, scope: Scope) -> UserId | None:
    """The login of the hall's keeper of invoices; None where none is named, or who is has no login (ORG-08)."""
    named = [one for one in workforce.keepers(hall, scope=scope) if one.duty is workforce.Duty.INVOICES]
    people = {one.id: one.user_id for one in organisation.people(scope=scope, hall_id=hall)}
    return next((people.get(one.person_id) for one in named), None)


def require_keeper(hall: HallId, user: UserId, *, scope: Scope) -> None:
    """Raises StubsRefused for anybody but the hall's keeper of invoices."""
    keeper = keeper_of(hall, scope=scope)
    if keeper is None:
        raise StubsRefused(why="本厅还没有指定票据管理员", why_en="this hall has no keeper of invoices yet")
    if keeper != user:
        raise StubsRefused(why="您不是本厅的票据管理员", why_en="you are not this hall's keeper of invoices")


def require_hand_in(hall: HallId, day: date, *, at: datetime, scope: Scope) -> None:
    """Raises StubsRefused for a day to come, and while a drawer of that day is out."""
    if day > local(at).date():
        raise StubsRefused(field="day", why="这一天还没到", why_en="that day is still to come")
    if out := still_selling(hall, upto=end_of(day, at=at), scope=scope):
        raise StubsRefused(
            why=f"还有 {len(out)} 个钱箱没有交账", why_en=f"{len(out)} drawers are not handed in"
        )


def end_of(day: date, *, at: datetime) -> datetime:
    """Up to when the papers of a day are looked at: its end, or now while it runs."""
    return min(day_of(day).end, at)


def still_selling(hall: HallId, *, upto: datetime, scope: Scope) -> list[custody.Drawer]:
    """Drawers of before `upto` that are not handed in, but for those that give no papers."""
    scope.require(hall)
    drawers = custody.open_drawers(scope=Scope.of(hall))
    return [one for one in drawers if not one.cashless and one.handed_in_at is None and one.opened_at < upto]


def stubs_due(hall: HallId, *, upto: datetime, scope: Scope) -> list[numbers.StubsDue]:
    """Of each book what was used up to then and is not written off, by book."""
    open_books = [
        one.at
        for one in numbers.books_of_hall(hall, scope=scope)
        if one.back is None and one.at.written_off != one.at.next - 1 and one.at.next > one.at.first
    ]
    if not open_books:
        return []
    since = min(one.looked_upto for one in open_books) - _IN_FLIGHT
    papers = invoicing.papers_given(hall, since=since, before=upto, scope=scope)
    spoilt = numbers.spoilt_papers(hall, since=since, before=upto, scope=scope)
    found = (
        numbers.stubs_due(
            one,
            [
                *(numbers.Used(number, void) for number, void in papers.get(one.range.id, [])),
                *(numbers.Used(number, void=True) for number in spoilt.get(one.range.id, ())),
            ],
        )
        for one in sorted(open_books, key=lambda one: one.range.id)
    )
    return [one for one in found if one is not None]


def stubs_seen(
    hall: HallId, books: Collection[BookId], *, upto: datetime, scope: Scope
) -> list[numbers.StubsDue]:
    """What is due of exactly these books. Raises StubsRefused where others are due by now, or none."""
    due = stubs_due(hall, upto=upto, scope=scope)
    if not due or {one.book.id for one in due} != set(books):
        raise StubsRefused(
            why="要核对的票据本已有变动，请刷新",
            why_en="the books to look through have changed; reload the page",
        )
    return due
