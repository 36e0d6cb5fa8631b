"""Files that a spreadsheet opens: nothing that was typed runs in it, and numbers stay numbers (API-03)."""

import csv
import io

import pytest
import python_calamine
from hypothesis import given
from hypothesis import strategies as st

from onehall.foundation.documents.tables import Cell, harmless, table
from onehall.foundation.values.money import Money

RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def written(kind: str, *rows: list[Cell]) -> bytes:
    file = io.BytesIO()
    made = table(kind, file, ["甲", "乙"], [10, 10], name="试")
    for row in rows:
        made.row(row)
    made.finish([("事由", "六月对帐 & 复核")], lang="zh")
    made.clear()
    return file.getvalue()


def read(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.rule("API-03")
@given(
    st.one_of(st.text(max_size=20), st.tuples(st.sampled_from([*RUNS, " =", "  @"]), st.text()).map("".join))
)
def test_no_text_begins_as_a_formula_unless_it_is_a_number(typed: str) -> None:
    shown = harmless(typed)
    assert shown.removeprefix("'") == typed.removeprefix("'")
    begins = shown.lstrip().startswith(RUNS) or shown.startswith(RUNS)
    assert not begins or shown.lstrip("+-").replace(".", "", 1).isdecimal()


@pytest.mark.rule("API-03")
@pytest.mark.parametrize(("typed", "shown"), [
    ('=HYPERLINK("http://x","y")', '\'=HYPERLINK("http://x","y")'), ("@SUM(A1)", "'@SUM(A1)"), ("+1+cmd|' /C calc'!A0", "'+1+cmd|' /C calc'!A0"),
    ("-2+3", "'-2+3"), ("\t=1", "'\t=1"), (" =1", "' =1"), ("＝1+1", "'＝1+1"), ("+86 13800000001", "'+86 13800000001"),
    ("+8613800000001", "+8613800000001"), ("-12.50", "-12.50"), (Money(-1250), "-12.50"), (-3, "-3"), ("王建国", "王建国"), (None, ""),
])  # fmt: skip
def test_formulas_are_text_and_signed_numbers_are_left_alone(typed: Cell, shown: str) -> None:
    assert harmless(typed) == shown


@pytest.mark.rule("API-03")
def test_a_csv_opens_with_its_characters_and_holds_the_table_and_one_remark() -> None:
    data = written("csv", ["=1+1", "㛃𠮷, “逗号”"], ["王\n建国", Money(88000)])
    assert data.startswith(b"\xef\xbb\xbf")
    assert read(data) == [
        ["甲", "乙"], ["'=1+1", "㛃𠮷, “逗号”"], ["王\n建国", "880.00"], ["# 事由 六月对帐 & 复核"]
    ]  # fmt: skip


@pytest.mark.rule("API-03", "SEC-04")
def test_a_workbook_holds_text_as_text_money_as_numbers_and_says_why_it_was_made() -> None:
    data = written("xlsx", ["=1+1", Money(-1250)], ["http://x", "007"], ["𠮷\x01", None])
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    assert book.sheet_names == ["试", "导出说明"]
    rows = book.get_sheet_by_name("试").to_python()
    assert rows[:3] == [["甲", "乙"], ["=1+1", -12.5], ["http://x", "007"]]
    assert ["事由", "六月对帐 & 复核"] in book.get_sheet_by_name("导出说明").to_python()
    assert b"<f>" not in data
