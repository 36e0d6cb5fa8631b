"""Registers for tests: sheets made of rows, the sample files, and who imports them."""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from onehall.foundation.scopes import Actor
from onehall.foundation.sheetreader import Limits, Sheet, read_sheet
from onehall.journeys.import_register import Imported, import_register
from tests.cast import Cast, mobile, resident_id

SAMPLES = Path(__file__).parent / "data/registers"
LIMITS = Limits(size=20 * 2**20, unpacked=200 * 2**20, ratio=100, rows=200_000)
HEADING = (
    "流水号", "用户账号", "用户密码", "所属项目", "真实姓名", "证件号码", "手机号码", "联系地址", "装机人员", "选择产品",
    "预存金额", "开始时间", "到期时间", "备注",
)  # fmt: skip


def row(room: str = "502", **cells: Any) -> list[Any]:
    """A clean row of the broadband register: 馨苑 1#-2-room, a year of 20M; `cells` replace by heading."""
    clean = {
        "流水号": f"DW20260602{room[-3:]}", "用户账号": f"dw012{int(room):04d}", "用户密码": "a123456", "所属项目": "馨苑",
        "真实姓名": "王建国", "证件号码": resident_id(), "手机号码": mobile(), "联系地址": f"馨苑1#-2-{room}",
        "装机人员": "赵刚", "选择产品": "宽带20M包年", "预存金额": 880.0, "开始时间": "2026-06-09", "到期时间": "2027-06-09",
        "备注": "",
    }  # fmt: skip
    return [{**clean, **cells}[name] for name in HEADING]


def xlsx(rows: Iterable[Sequence[Any]], *, heading: Sequence[str] = HEADING, titles: int = 0) -> bytes:
    """An Excel file with `titles` merged rows above the heading."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet("宽带")
    for number in range(titles):
        sheet.merge_range(number, 0, number, len(heading) - 1, "用户登记表")
    for number, cells in enumerate([heading, *rows], start=titles):
        sheet.write_row(number, 0, cells)
    book.close()
    return content.getvalue()


def csv_of(
    rows: Iterable[Sequence[Any]], *, heading: Sequence[str] = HEADING, encoding: str = "utf-8"
) -> bytes:
    """A csv file."""
    text = io.StringIO()
    csv.writer(text).writerows([heading, *rows])
    return text.getvalue().encode(encoding)


def sheet(content: bytes, name: str = "登记.xlsx") -> Sheet:
    """The file as the product reads it."""
    return read_sheet(content, name=name, limits=LIMITS)


def sample(name: str) -> Sheet:
    """One of the sample files."""
    return sheet((SAMPLES / name).read_bytes(), name)


def bring(
    cast: Cast,
    by: Actor,
    content: bytes | Sheet,
    form: str = "broadband",
    *,
    dry: bool = False,
    skip: bool = False,
) -> Imported:
    """Imports a file at the cast's time."""
    return import_register(
        sheet=sheet(content) if isinstance(content, bytes) else content, form=form, dry_run=dry, skip_refused=skip,
        by=by, at=cast.now, progress=lambda *_: None,
    )  # fmt: skip
