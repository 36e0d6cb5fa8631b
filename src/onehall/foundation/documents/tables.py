"""Tables as files that a spreadsheet opens: xlsx and csv, written row by row, and what was typed never becomes a formula.

Source for what is dangerous: a spreadsheet runs a cell that begins with = + - @, a tab or a carriage return, some locales the
full-width signs too (CWE-1236). Numbers stay numbers: -12.50 and +8613800000000 begin with a sign and compute nothing.
"""

import csv
import io
import re
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Protocol

import xlsxwriter  # type: ignore[import-untyped]
from xlsxwriter.exceptions import FileCreateError  # type: ignore[import-untyped]

from onehall.foundation.values.money import Money
from onehall.foundation.values.period import local
from onehall.foundation.values.text import Text

Cell = str | int | Money | Decimal | date | datetime | None
FORMATS = ("xlsx", "csv")
COMMENT = "# "
"""How the last line of a csv file begins, which says where it comes from."""

_STARTS = tuple("=+-@＝＋－＠\t\r\n")
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_FOOTER_MOST = 240  # structural: a spreadsheet's footer holds 255 characters
_NOTE = Text("导出说明", "About")
_PAGE = Text("第 &P / &N 页", "page &P of &N")


class Table(Protocol):
    """A file under way."""

    def row(self, cells: Sequence[Cell]) -> None:
        """One more row."""

    def finish(self, marks: Sequence[tuple[str, str]], *, lang: str) -> None:
        """Writes who, when and why where the format has room for it, and the end of the file. OSError where there is no room."""

    def clear(self) -> None:
        """Whatever was put aside meanwhile is gone, also where the file was given up."""


def plain(cell: Cell) -> str:
    """A cell in words: days as 2026-11-23, moments as 2026-11-23 09:05, money in yuan, a decimal with all its places."""
    if isinstance(cell, datetime):
        return f"{local(cell):%Y-%m-%d %H:%M}"
    return cell.text if isinstance(cell, Money) else "" if cell is None else str(cell)


def harmless(cell: Cell) -> str:
    """As `plain`, for a format that has text only: what a spreadsheet would run is written with an apostrophe before it."""
    text = plain(cell)
    if not isinstance(cell, str) or _NUMBER.fullmatch(text):
        return text
    return f"'{text}" if text.startswith(_STARTS) or text.lstrip().startswith(_STARTS) else text


def table(kind: str, file: IO[bytes], headings: Sequence[str], widths: Sequence[int], *, name: str) -> Table:
    """A table of this format with its headings in row 1."""
    return _Csv(file, headings) if kind == "csv" else _Xlsx(file, headings, widths, name)


class _Csv:
    """UTF-8 with its mark, so that Excel reads the characters; the table, and one last line that begins with `#`: who took it,
    when, from which hall and why (REC-03). Our own import passes over it."""

    def __init__(self, file: IO[bytes], headings: Sequence[str]) -> None:
        self._text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=False)
        self._writer = csv.writer(self._text)
        self._writer.writerow(headings)

    def row(self, cells: Sequence[Cell]) -> None:
        self._writer.writerow([harmless(cell) for cell in cells])

    def finish(self, marks: Sequence[tuple[str, str]], *, lang: str) -> None:
        said = " · ".join(f"{word} {value}" for word, value in marks if value)
        self._writer.writerow([f"{COMMENT}{said}"])
        self._text.flush()

    def clear(self) -> None:
        with suppress(OSError, ValueError):
            self._text.detach()


class _Xlsx:
    """Rows go to disk as they come; text is written as text, whatever it looks like."""

    def __init__(self, file: IO[bytes], headings: Sequence[str], widths: Sequence[int], name: str) -> None:
        never = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
        self._aside = tempfile.TemporaryDirectory(prefix="onehall-export-")
        aside = {"constant_memory": True, "tmpdir": self._aside.name}
        self._book = xlsxwriter.Workbook(file, {**aside, **never})
        self._money = self._book.add_format({"num_format": "#,##0.00"})
        self._exact = self._book.add_format({"num_format": "#,##0.00##"})
        self._bold = self._book.add_format({"bold": True, "bottom": 1})
        self._sheet = self._book.add_worksheet(name)
        for place, width in enumerate(widths):
            self._sheet.set_column(place, place, width)
        for place, heading in enumerate(headings):
            self._sheet.write_string(0, place, heading, self._bold)
        self._sheet.freeze_panes(1, 0)
        self._sheet.repeat_rows(0)
        self._sheet.set_landscape()
        self._rows = 0

    def row(self, cells: Sequence[Cell]) -> None:
        self._rows += 1
        for place, cell in enumerate(cells):
            if isinstance(cell, Money):
                self._sheet.write_number(self._rows, place, Decimal(cell.fen).scaleb(-2), self._money)
            elif isinstance(cell, Decimal):
                self._sheet.write_number(self._rows, place, cell, self._exact)
            elif isinstance(cell, int):
                self._sheet.write_number(self._rows, place, cell)
            elif cell is not None and cell != "":
                self._sheet.write_string(self._rows, place, plain(cell))

    def finish(self, marks: Sequence[tuple[str, str]], *, lang: str) -> None:
        said = " · ".join(value for _, value in marks if value).replace("&", "&&")
        self._sheet.set_footer(f"&L&8{said[:_FOOTER_MOST]}&R&8{_PAGE.in_(lang)}")
        about = self._book.add_worksheet(_NOTE.in_(lang))
        about.set_column(0, 1, 24)
        for place, (word, value) in enumerate(marks):
            about.write_string(place, 0, word, self._bold)
            about.write_string(place, 1, value)
        try:
            self._book.close()
        except FileCreateError as error:
            raise OSError(*getattr(error.args[0], "args", error.args)) from error

    def clear(self) -> None:
        for sheet in self._book.worksheets():
            with suppress(OSError, AttributeError):
                sheet.row_data_fh.close()
        self._aside.cleanup()


def open_formats() -> list[tuple[str, Text]]:
    """What a form offers."""
    return [
        ("xlsx", Text("Excel 工作簿 xlsx", "Excel workbook xlsx")),
        ("csv", Text("文本表格 csv", "text table csv")),
    ]
