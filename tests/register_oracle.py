"""The description of the sample's verdicts, read once more and written without a line of the product: the other opinion."""

import calendar
import re
from collections.abc import Sequence
from datetime import date
from typing import Any

CODES = {"馨苑": "dw", "曲江观邸": "qj", "融侨城": "rq"}
PRICES = {
    "宽带4M包月": (60, 1), "宽带4M半年": (300, 6), "宽带4M包年": (560, 12), "宽带10M包年": (680, 12),
    "宽带20M包年": (880, 12), "宽带10M+固话包年": (780, 12),
}  # fmt: skip
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
WIDE = {0xFF10 + n: 48 + n for n in range(10)}


def judged(rows: Sequence[tuple[int, Sequence[Any]]]) -> tuple[int, list[Any], list[Any], list[Any]]:
    """Accepted rows, and the lists of what was repaired, warned and refused."""
    heading = [str(cell) for cell in rows[0][1]]
    accounts: set[str] = set()
    serials: set[str] = set()
    names: dict[str, str] = {}
    repaired: list[Any] = []
    warned: list[Any] = []
    refused: list[Any] = []
    for number, cells in rows[1:]:
        v = dict(zip(heading, cells, strict=True))
        mine = [(number, c, b, a) for c, b in v.items() if isinstance(b, str) and (a := clean(c, b)) != b]
        v |= {column: after for _, column, _, after in mine}
        column = fault(v, accounts, serials)
        if column:
            refused.append((number, column))
            continue
        accounts.add(v["用户账号"])
        serials.add(v["流水号"])
        repaired += mine
        price, months = PRICES[v["选择产品"]]
        if v["预存金额"] != price:
            warned.append((number, "预存金额"))
        if date.fromisoformat(v["到期时间"]) != later(date.fromisoformat(v["开始时间"]), months):
            warned.append((number, "到期时间"))
        if names.setdefault(v["证件号码"], v["真实姓名"]) != v["真实姓名"]:
            warned.append((number, "真实姓名"))
    return len(accounts), repaired, warned, refused


def clean(column: str, before: str) -> str:
    after = before.translate(WIDE).strip()
    if column == "证件号码" and re.fullmatch(r"\d{17}x", after):
        return after.upper()
    slashed = re.fullmatch(r"(\d{4})/(\d+)/(\d+)", after)
    if slashed and column.endswith("时间"):
        return "{:04d}-{:02d}-{:02d}".format(*map(int, slashed.groups()))
    worded = re.fullmatch(r"(\S+) (\d+)号楼(\d+)单元(\d+)室", after)
    return "{}{}#-{}-{}".format(*worded.groups()) if worded else after


def fault(v: dict[str, Any], accounts: set[str], serials: set[str]) -> str:
    """The first column at fault in the order of the description; "" for none."""
    home = re.fullmatch(r"(\D+?)(\d+)#-(\d+)-(\d+)", v["联系地址"])
    due = home and CODES.get(home[1], "?") + home[2].zfill(2) + home[3] + home[4].zfill(4)
    account, serial, amount = v["用户账号"], v["流水号"], v["预存金额"]
    asked = (
        ("所属项目", v["所属项目"] in CODES),
        ("真实姓名", bool(v["真实姓名"])),
        ("证件号码", is_identity(v["证件号码"])),
        ("手机号码", bool(re.fullmatch(r"1\d{10}", v["手机号码"]))),
        ("选择产品", v["选择产品"] in PRICES),
        ("预存金额", isinstance(amount, float) and amount >= 0),
        ("到期时间", v["到期时间"] > v["开始时间"]),
        (
            "用户账号",
            bool(re.fullmatch(r"[a-z0-9]+", account)) and account == due and account not in accounts,
        ),
        ("流水号", bool(re.fullmatch(r"(DW|QJ|RQ)\d{11}", serial)) and serial not in serials),
    )
    return next((column for column, well in asked if not well), "")


def is_identity(number: str) -> bool:
    if not re.fullmatch(r"\d{17}[\dX]", number):
        return False
    try:
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, WEIGHTS, strict=False))
    return "10X98765432"[total % 11] == number[17]


def later(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
