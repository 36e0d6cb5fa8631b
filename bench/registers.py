"""Broadband registers of any length: invented people, the manual's columns, a share of the rows dirty."""

import random
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import xlsxwriter  # type: ignore[import-untyped]

from bench.town import GIVEN, SURNAMES
from onehall.foundation.values.period import add_months

HEADING = (
    "流水号", "用户账号", "用户密码", "所属项目", "真实姓名", "证件号码", "手机号码", "联系地址", "装机人员", "选择产品",
    "预存金额", "开始时间", "到期时间", "备注",
)  # fmt: skip
PROJECTS = (("馨苑", "dw"), ("曲江观邸", "qj"), ("融侨城", "rq"))
PRODUCTS = (("宽带4M包月", 60, 1), ("宽带4M半年", 300, 6), ("宽带4M包年", 560, 12), ("宽带20M包年", 880, 12))
_WEIGHTS = tuple(pow(2, 17 - place, 11) for place in range(17))
SEED = 20261125


def rows(count: int, *, repaired: float = 0.05, wrong: float = 0.0) -> Iterator[list[object]]:
    """Rows whose dwellings, people and serials all differ; `repaired` and `wrong` are shares of them."""
    dice = random.Random(SEED)
    for number in range(count):
        row = _row(number, dice)
        if dice.random() < repaired:
            row[4] = f" {row[4]}\u3000"
        if dice.random() < wrong:
            row[6] = "186945770"
        yield row


def workbook(count: int, **shares: float) -> bytes:
    """The rows as an xlsx file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "register.xlsx"
        book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
        sheet = book.add_worksheet("宽带")
        sheet.write_row(0, 0, HEADING)
        for place, row in enumerate(rows(count, **shares), start=1):
            sheet.write_row(place, 0, row)
        book.close()
        return path.read_bytes()


def _row(number: int, dice: random.Random) -> list[object]:
    rest, project = divmod(number, len(PROJECTS))
    rest, building = divmod(rest, 90)
    rest, unit = divmod(rest, 4)
    floor, door = divmod(rest, 4)
    name, code = PROJECTS[project]
    building, unit, room = building + 1, unit + 1, f"{floor + 1}{door + 1:02d}"
    product, price, months = PRODUCTS[number % len(PRODUCTS)]
    start = date(2025, 1, 1) + timedelta(days=number % 600)
    accepted = start - timedelta(days=7)
    return [
        f"{code.upper()}{accepted:%Y%m%d}{number // 600 % 1000 + 1:03d}", f"{code}{building:02d}{unit}{int(room):04d}",
        "a123456", name, dice.choice(SURNAMES) + "".join(dice.sample(GIVEN, 2)), identity(number),
        f"139{number:08d}", f"{name}{building}#-{unit}-{room}", "钱军", product, price, start.isoformat(),
        add_months(start, months).isoformat(), "",
    ]  # fmt: skip


def identity(number: int) -> str:
    """Another person's resident ID each time."""
    born = date(1950, 1, 1) + timedelta(days=number // 900)
    first = f"610113{born:%Y%m%d}{number % 900 + 100:03d}"
    return first + "10X98765432"[sum(w * int(d) for w, d in zip(_WEIGHTS, first, strict=True)) % 11]
