"""Registers on paper: empty, of one line, of two hundred; headings and page numbers on every page (REC-01, REC-03)."""

import subprocess
from pathlib import Path

import pytest

from onehall.foundation.documents.book import Book, BookColumn
from onehall.foundation.documents.typesetting import typeset
from onehall.foundation.values.text import Text
from tests.foundation.papers import HEAD, loose
from tests.foundation.test_typesetting import BASE, copy, text_of

pytestmark = pytest.mark.parts("poppler-utils")
COLUMNS = (
    (Text("流水号", "Serial"), 16), (Text("用户账号", "Account"), 14), (Text("真实姓名", "Name"), 14),
    (Text("证件号码", "ID number"), 22), (Text("手机号码", "Telephone"), 16), (Text("联系地址", "Address"), 24),
    (Text("选择产品", "Product"), 18), (Text("预存金额", "Amount paid"), 12), (Text("到期时间", "Expires"), 12),
)  # fmt: skip


def book(rows: int) -> Book:
    line = ("DW20261121001", "dw0120502", "王建国", "610***********1234", "138****6021", "馨苑1#-2-502", "宽带20M包年", "880.00", "2027-11-28")  # fmt: skip
    return Book(
        head=HEAD, title=Text("宽带用户登记", "Broadband register"), period="2026-11-01 – 2026-11-30",
        columns=tuple(BookColumn(heading=heading, width=width) for heading, width in COLUMNS),
        rows=tuple((f"DW2026112{n:04d}", *line[1:]) for n in range(rows)),
    )  # fmt: skip


@pytest.mark.rule("REC-01", "REC-03")
@pytest.mark.parametrize("rows", [0, 1, 200])
def test_a_register_is_a_book_however_many_lines_it_has(rows: int, tmp_path: Path) -> None:
    pdf = typeset(loose(book(rows)), copy(), base_url=BASE)
    pages = text_of(pdf, tmp_path, pages=True).replace(" ", "").replace("\u200b", "").split("\f")[:-1]
    said = "".join(pages)
    assert "宽带用户登记" in pages[0] and f"共{rows}条" in pages[0] and "2026-11-01–2026-11-30" in pages[0]
    for number, page in enumerate(pages, 1):
        assert f"第{number}页/共{len(pages)}页" in page
        assert "李敏（0213）2026-11-2112:03" in page and "K7QF-2MXA-4TBW" in page
        assert ("证件号码" in page) == ("610***" in page or rows == 0), (
            "a heading stands over every page of lines"
        )
    assert said.count("610***") == rows
    assert [f"DW2026112{n:04d}" in said for n in range(rows)] == [True] * rows
    assert ("本期没有登记" in said) == (rows == 0)
    assert (len(pages) > 1) == (rows == 200)
    assert _is_a4_across(tmp_path / "sheet.pdf")


def _is_a4_across(file: Path) -> bool:
    told = subprocess.run(["pdfinfo", str(file)], capture_output=True, check=True).stdout.decode()
    return "841.89 x 595.2" in told and "(A4)" in told
