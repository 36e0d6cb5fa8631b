"""Files that people bring along: read as they are, or refused with a sentence before they cost anything."""

import io
import struct
import zipfile
from datetime import date

import pytest

from onehall.foundation import sheetreader
from onehall.foundation.sheetreader import Limits, read_sheet
from tests.registers import csv_of, xlsx

LIMITS = Limits(size=2**20, unpacked=8 * 2**20, ratio=50, rows=1000)
HEAD = ("甲", "乙")
OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def read(content: bytes, limits: Limits = LIMITS) -> list[list[object]]:
    return [list(cells) for _, cells in read_sheet(content, name="x", limits=limits).rows()]


def package(**parts: bytes) -> bytes:
    """A zip with these parts beside a workbook's."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as whole:
        for name, part in {"xl_workbook.xml": b"<workbook/>", **parts}.items():
            whole.writestr(name.replace("xl_", "xl/").replace("worksheets_", "worksheets/"), part)
    return content.getvalue()


@pytest.mark.rule("API-03")
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_is_read_in_every_encoding_that_halls_write(encoding: str) -> None:
    assert read(csv_of([("馨苑", "㛃")], heading=HEAD, encoding=encoding)) == [list(HEAD), ["馨苑", "㛃"]]


@pytest.mark.rule("API-03")
def test_formulas_in_csv_stay_text_and_blank_rows_are_counted_but_not_told() -> None:
    content = csv_of([("=HYPERLINK(1)", "+1"), ("", ""), ("@x", "")], heading=HEAD)
    rows = list(read_sheet(content, name="x", limits=LIMITS).rows())
    assert rows == [(1, list(HEAD)), (2, ["=HYPERLINK(1)", "+1"]), (4, ["@x", ""])]


@pytest.mark.rule("API-03")
def test_cells_of_excel_arrive_with_their_kinds() -> None:
    assert read(xlsx([(date(2026, 6, 9), 13892706021)], heading=HEAD))[1] == [date(2026, 6, 9), 13892706021.0]


@pytest.mark.rule("API-03")
def test_macros_are_left_alone() -> None:
    plain = xlsx([("a", "b")], heading=HEAD)
    content = io.BytesIO(plain)
    with zipfile.ZipFile(content, "a") as whole:
        whole.writestr("xl/vbaProject.bin", OLE + b"Auto_Open")
    assert read(content.getvalue()) == [list(HEAD), ["a", "b"]]


BOMB = b"<worksheet>" + b"0" * 4_000_000
REFUSED = {
    "protected": (OLE + b"\0" * 64 + "EncryptedPackage".encode("utf-16-le"), sheetreader.ProtectedWorkbook),
    "old": (OLE + b"\0" * 600, sheetreader.OldWorkbook),
    "empty": (b"", sheetreader.EmptyFile),
    "pdf": (b"%PDF-1.7 ...", sheetreader.NotASheet),
    "binary": (b"a\0b\0c", sheetreader.NotASheet),
    "cut off": (xlsx([("a", "b")] * 50, heading=HEAD)[:3000], sheetreader.DamagedFile),
    "another zip": (package()[:0] + package(**{"word.xml": b"x"}).replace(b"xl/workbook", b"xl/workbonk"), sheetreader.NotASheet),
    "bomb": (package(xl_worksheets_sheet1=b"", **{"xl_worksheets_s.xml": BOMB}), sheetreader.PackedTooTight),
    "too large": (b"a" * (2**20 + 1), sheetreader.FileTooLarge),
    "far cell": (
        package(**{"xl_worksheets_s.xml": b'<c r="XFD1048576"/>'}), sheetreader.TooManyCells,
    ),
    "far row": (package(**{"xl_worksheets_s.xml": b'<row r="99999"><c r="A99999"/>'}), sheetreader.TooManyCells),
    "undecodable": (b"\xff\xff\xff,\x80", sheetreader.UnreadableText),
}  # fmt: skip


@pytest.mark.rule("API-03")
@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused_in_both_languages(name: str) -> None:
    content, refusal = REFUSED[name]
    with pytest.raises(refusal) as said:
        read(content)
    assert said.value.sentence("zh") and said.value.sentence("en") and said.value.alternative("en")


@pytest.mark.rule("API-03")
def test_a_part_that_lies_about_its_length_is_damaged() -> None:
    content = package(**{"xl_worksheets_s.xml": b"<worksheet>" + b"0" * 100_000})
    lying = content.replace(struct.pack("<I", 100_011), struct.pack("<I", 11))
    assert lying != content
    with pytest.raises(sheetreader.DamagedFile):
        read(lying)


@pytest.mark.rule("API-03")
def test_more_rows_than_allowed_are_refused() -> None:
    with pytest.raises(sheetreader.TooManyCells):
        read(csv_of([("a", "b")] * 1001, heading=HEAD))
