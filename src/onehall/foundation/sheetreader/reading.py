"""The rows of a file as they stand in it."""

import csv
import hashlib
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from onehall.foundation.sheetreader.guards import Limits, kind_of, refuse_extent
from onehall.foundation.sheetreader.refusals import DamagedFile, EmptyFile, ProtectedWorkbook, UnreadableText

Cell = str | int | float | bool | datetime | date | time | timedelta | None
_LONGEST_FIELD = 10_000_000  # characters of a csv field: beyond it a quote was never closed
_REMARK = "# "
_ENCODINGS = ("utf-8-sig", "gb18030")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. `digest` is SHA-256 of the file; `encoding` of a csv file, else "xlsx"."""

    name: str
    digest: bytes
    size: int
    encoding: str
    _content: bytes = field(repr=False)
    _limits: Limits = field(repr=False)

    def rows(self) -> Iterator[tuple[int, Sequence[Cell]]]:
        """Number and cells of every row, as often as asked; the first row of the sheet is 1. Blank rows are counted, not told,
        nor are remarks: the last line by which a csv of ours says where it comes from (REC-03)."""
        source = (
            _workbook_rows(self._content)
            if self.encoding == "xlsx"
            else _csv_rows(self._content, self.encoding)
        )
        for number, cells in enumerate(source, start=1):
            filled = [str(cell) for cell in cells if cell is not None and str(cell).strip()]
            if filled and not (len(filled) == 1 and filled[0].startswith(_REMARK)):
                refuse_extent(number, len(cells), self._limits)
                yield number, cells


def read_sheet(content: bytes, *, name: str, limits: Limits) -> Sheet:
    """The sheet of a file's content; macros and formulas are left alone. Raises the refusals of this package."""
    kind = kind_of(content, limits)
    encoding = "xlsx" if kind == "xlsx" else _encoding(content)
    return Sheet(name, hashlib.sha256(content).digest(), len(content), encoding, content, limits)


def _workbook_rows(content: bytes) -> Iterator[Sequence[Cell]]:
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for index in range(len(workbook.sheet_names)):
            sheet = workbook.get_sheet_by_index(index)
            if sheet.height:
                yield from sheet.iter_rows()
                return
    except PasswordError:
        raise ProtectedWorkbook() from None
    except (CalamineError, OSError, ValueError):
        raise DamagedFile() from None
    raise EmptyFile()


def _encoding(content: bytes) -> str:
    """UTF-8 with or without its mark, else GB18030; UTF-16 where the file says so."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    for encoding in _ENCODINGS:
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding
    raise UnreadableText()


def _csv_rows(content: bytes, encoding: str) -> Iterator[Sequence[Cell]]:
    text = io.TextIOWrapper(io.BytesIO(content), encoding=encoding, newline="")
    first = content[:1000].decode(encoding, errors="replace").split("\n", 1)[0]
    delimiter = "\t" if "\t" in first and "," not in first else ","
    csv.field_size_limit(_LONGEST_FIELD)
    try:
        yield from (list(row) for row in csv.reader(text, delimiter=delimiter))
    except csv.Error:
        raise DamagedFile() from None
    except UnicodeDecodeError:
        raise UnreadableText() from None
