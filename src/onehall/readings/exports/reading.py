"""Reading a list into a file: a batch at a time, within the caller's halls, personal numbers masked unless allowed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import IO, Any

from onehall.contexts.customers import api as customers
from onehall.contexts.organisation import api as organisation
from onehall.foundation.database import fetch_in_batches, fetch_one
from onehall.foundation.documents.contracts import RegisterTooLong
from onehall.foundation.documents.tables import Cell, Table, plain, table
from onehall.foundation.scopes import Scope
from onehall.foundation.values.ids import HallId
from onehall.foundation.values.period import day_of, local
from onehall.foundation.values.text import Text
from onehall.readings.exports.lists import Listed

_BATCH = 500
"""Rows held at once; their customers are looked up together."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants: the days `start` to `end` inclusive, one hall or all of theirs, numbers in clear or masked."""

    kind: str = "xlsx"
    start: date | None = None
    end: date | None = None
    hall_id: int | None = None
    personal: bool = False
    lang: str = "zh"


@dataclass(slots=True)
class Draft:
    """A file that is written but not finished; `rows` are all there are, also where it was given up as too many."""

    listed: Listed
    asked: Asked
    table: Table
    halls: tuple[HallId, ...]
    places: tuple[Text, ...]
    rows: int = 0

    def finish(self, *, serial: str, who: str, reason: str, at: datetime) -> None:
        """Who, when, why and the rest where the format has room for it; then the file is whole. OSError without room."""
        asked = self.asked
        days = (f"{asked.start or ''} – {asked.end or ''}") if asked.start or asked.end else ""
        numbers = Text("完整", "in full") if asked.personal else Text("遮挡", "masked")
        marks = (
            (Text("编号", "Export"), serial),
            (Text("清单", "List"), self.listed.name.in_(asked.lang)),
            (Text("导出人", "By"), who),
            (Text("营业厅", "Hall"), "、".join(name.in_(asked.lang) for name in self.places)),
            (Text("时间", "At"), f"{local(at):%Y-%m-%d %H:%M}"),
            (Text("事由", "Reason"), reason),
            (Text("行数", "Rows"), str(self.rows)),
            (Text("期间", "Period"), days),
            (Text("个人号码", "Personal numbers"), numbers.in_(asked.lang) if self.listed.personal else ""),
        )
        self.table.finish([(word.in_(asked.lang), value) for word, value in marks], lang=asked.lang)


@contextmanager
def draft(listed: Listed, asked: Asked, file: IO[bytes], *, scope: Scope, at_most: int) -> Iterator[Draft]:
    """The rows in `file`, given up beyond `at_most`. NotFound for a hall outside the scope."""
    if asked.hall_id is not None:
        scope.require(asked.hall_id)
        scope = Scope.of(asked.hall_id)
    headings = [column.heading.in_(asked.lang) for column in listed.columns]
    widths = [column.width for column in listed.columns]
    sheet = table(asked.kind, file, headings, widths, name=listed.name.in_(asked.lang))
    halls = organisation.halls(scope=scope)
    made = Draft(listed, asked, sheet, tuple(hall.id for hall in halls), tuple(hall.name for hall in halls))
    try:
        compounds = None if scope.halls is None else [code for hall in halls for code in hall.compounds]
        given = {"halls": scope.hall_list, "compounds": compounds, **_period(asked)}
        for row in _rows(listed, given, asked, scope):
            if made.rows == at_most:
                made.rows = _count(listed, given)
                break
            made.rows += 1
            sheet.row(row)
        yield made
    finally:
        sheet.clear()


def book(listed: Listed, asked: Asked, *, scope: Scope, at_most: int) -> list[list[str]]:
    """The rows in words, numbers of persons masked, for a printed book. RegisterTooLong beyond `at_most`."""
    if asked.hall_id is not None:
        scope.require(asked.hall_id)
        scope = Scope.of(asked.hall_id)
    compounds = (
        None
        if scope.halls is None
        else [code for hall in organisation.halls(scope=scope) for code in hall.compounds]
    )
    given = {"halls": scope.hall_list, "compounds": compounds, **_period(asked)}
    kept: list[list[str]] = []
    for row in _rows(listed, given, replace(asked, personal=False), scope):
        if len(kept) == at_most:
            raise RegisterTooLong(rows=_count(listed, given), most=at_most)
        kept.append([plain(cell) for cell in row])
    return kept


def _count(listed: Listed, given: dict[str, Any]) -> int:
    """How many there are in all: whoever is asked to approve them must know."""
    found = fetch_one(f"select count(*) as n from ({listed.sql.rstrip().rstrip(';')}) as every", given)  # noqa: S608 - our own statement
    return int(found["n"]) if found else 0


def _period(asked: Asked) -> dict[str, datetime | None]:
    return {
        "start": day_of(asked.start).start if asked.start else None,
        "end": day_of(asked.end).end if asked.end else None,
    }


def _rows(listed: Listed, given: dict[str, Any], asked: Asked, scope: Scope) -> Iterator[list[Cell]]:
    for batch in fetch_in_batches(listed.sql, given, size=_BATCH):
        if listed.personal:
            _numbers(batch, asked.personal, scope)
        for row in batch:
            yield [column.show(_value(row, column.key), asked.lang) for column in listed.columns]


def _value(row: dict[str, Any], key: str) -> Any:
    """A name in both languages arrives in two columns."""
    if key in row:
        return row[key]
    return Text(row[f"{key}_zh"] or "", row[f"{key}_en"] or "")


def _numbers(batch: list[dict[str, Any]], clear: bool, scope: Scope) -> None:
    parties = sorted({row["party_id"] for row in batch if row["party_id"] is not None})
    if clear:
        known = customers.numbers_in_clear(parties, scope=scope)
    else:
        cards = customers.cards(parties, scope=scope)
        known = {party: (card.document_masked, card.phone_masked) for party, card in cards.items()}
    for row in batch:
        row["document"], row["phone"] = known.get(row["party_id"], ("", ""))
