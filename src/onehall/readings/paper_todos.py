"""Papers that wait for a hall's keeper of invoices: to be taken, to be written off (RCP-02)."""

from datetime import datetime
from typing import Any

from onehall.foundation.database import fetch_all
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.todos import Todo, WaitsFor
from onehall.foundation.values.period import day_of, local
from onehall.foundation.values.text import Text
from onehall.steps.stubs import keeper_of

_DRAWS = """
    select d.id::text as key, d.at as since, d.first_number || '–' || d.last_number as detail from pub_numbers_draw d
    where d.hall_id = %(hall)s and d.keeper_id = %(user)s and d.taken_at is null order by d.id limit %(limit)s
"""
# What was given after the book was last looked at waits: a number written off before is older than that.
_STUBS = """
    select min(p.issued_at) as since, count(*) as papers
    from pub_numbers_book_life b join pub_invoicing_paper p on p.book_id = b.id
    where b.hall_id = %(hall)s and b.returned_at is null and coalesce(b.written_off, b.first - 1) < b.next - 1
      and p.hall_id = %(hall)s and p.issued_at >= coalesce(b.looked_upto, '-infinity') and p.issued_at < %(today)s
"""


def paper_todos(*, by: Actor, at: datetime, limit: int, scope: Scope) -> list[Todo]:
    """For the keeper alone; stubs from the day after on."""
    scope.require(by.hall_id)
    if not by.may("book.keep"):
        return []
    facts: dict[str, Any] = {"hall": by.hall_id, "user": by.user_id, "limit": limit}
    words, where = Text("签收领用的票据", "Take the papers that came"), "/board/paper-books/stubs"
    waiting = [
        Todo("draw", words=words, href=where, waits_for=WaitsFor.COLLEAGUE, **row)
        for row in fetch_all(_DRAWS, facts)
    ]
    if keeper_of(by.hall_id, scope=scope) != by.user_id:
        return waiting
    today = day_of(local(at).date()).start
    (found,) = fetch_all(_STUBS, {**facts, "today": today})
    if found["papers"]:
        words = Text("核对存根、销号", "Go through the stubs and write them off")
        waiting.append(
            Todo("stubs", "all", words, where, WaitsFor.PAPER, found["since"], today, str(found["papers"]))
        )
    return waiting
