"""What a file may cost, found out before anything opens it: its kind, its size packed and unpacked, its extent."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from onehall.foundation.sheetreader.refusals import (
    DamagedFile,
    EmptyFile,
    FileTooLarge,
    NotASheet,
    OldWorkbook,
    PackedTooTight,
    ProtectedWorkbook,
    TooManyCells,
)

MEGABYTE = 2**20
WIDEST = 64
"""Columns: four times what the widest register has."""

_ZIP, _OLE, _WORKBOOK = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "xl/workbook.xml"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_FAR_PARTS = re.compile(rb"([A-Za-z]*)([0-9]+)")
_CHUNK = 2**20
_OVERLAP = 64
_OTHERS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"PK\x05\x06")


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in bytes; `ratio` unpacked to packed; `rows` of data."""

    size: int
    unpacked: int
    ratio: int
    rows: int


def kind_of(content: bytes, limits: Limits) -> str:
    """ "xlsx" or "csv". Raises a refusal for everything else, and for what is larger than allowed."""
    check_size(len(content), limits)
    if not content.strip(b"\0 \r\n\t"):
        raise EmptyFile()
    if content.startswith(_OLE):
        raise ProtectedWorkbook() if _ENCRYPTED in content else OldWorkbook()
    if content.startswith(_ZIP):
        _check_package(content, limits)
        return "xlsx"
    if content.startswith(_OTHERS) or (
        b"\0" in content[:_CHUNK] and content[:2] not in (b"\xff\xfe", b"\xfe\xff")
    ):
        raise NotASheet()
    return "csv"


def check_size(size: int, limits: Limits) -> None:
    """Raises FileTooLarge; said before the file is read."""
    if size > limits.size:
        raise FileTooLarge(size=-(-size // MEGABYTE), limit=limits.size // MEGABYTE)


def _check_package(content: bytes, limits: Limits) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            members = package.infolist()
            if any(member.flag_bits & 1 for member in members):
                raise ProtectedWorkbook()
            _check_unpacked(sum(member.file_size for member in members), len(content), limits)
            if _WORKBOOK not in package.namelist():
                raise NotASheet()
            for member in members:
                _check_member(package, member, limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError):
        raise DamagedFile() from None


def _check_unpacked(unpacked: int, packed: int, limits: Limits) -> None:
    ratio = unpacked // max(packed, 1)
    if unpacked > limits.unpacked or (ratio > limits.ratio and unpacked > MEGABYTE):
        raise PackedTooTight(
            size=-(-unpacked // MEGABYTE),
            ratio=ratio,
            limit=limits.unpacked // MEGABYTE,
            most_ratio=limits.ratio,
        )


def _check_member(package: zipfile.ZipFile, member: zipfile.ZipInfo, limits: Limits) -> None:
    """Reads a part to its end, no further than it says it is long: a part that lies fails its checksum.

    A single cell far out would make the reader set up the whole rectangle, so the extent of sheets is measured.
    """
    sheet = _SHEET.fullmatch(member.filename) is not None
    for chunk in _chunks(package, member):
        if sheet:
            _check_extent(chunk, limits)


def _chunks(package: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    with package.open(member) as part:
        tail = b""
        while chunk := part.read(_CHUNK):
            yield tail + chunk
            tail = chunk[-_OVERLAP:]


def _check_extent(chunk: bytes, limits: Limits) -> None:
    for far in _far(len(str(limits.rows + 1))).findall(chunk):
        letters, digits = _FAR_PARTS.search(far.split(b"=", 1)[1]).groups()  # type: ignore[union-attr]
        refuse_extent(int(digits), column_number(letters.decode()), limits)


@lru_cache(maxsize=8)
def _far(digits: int) -> re.Pattern[bytes]:
    """Cells with two letters, or with as many digits as the last row that is allowed: whatever is too far is among them."""
    return re.compile(rb"""\br=["'](?:[A-Za-z]{2,3}[0-9]+|[A-Za-z]?[0-9]{%d,})["']""" % digits)


def column_number(letters: str) -> int:
    """A → 1, Z → 26, AA → 27; "" → 0."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def refuse_extent(rows: int, columns: int, limits: Limits) -> None:
    """Raises TooManyCells. One row more than the limit is the heading."""
    if rows > limits.rows + 1 or columns > WIDEST:
        raise TooManyCells(rows=rows, columns=columns, most_rows=limits.rows, most_columns=WIDEST)
