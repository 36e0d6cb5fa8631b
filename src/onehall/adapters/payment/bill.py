"""WeChat Pay's trade bill of a day: a csv whose cells begin with a backtick and whose last row are totals.

https://pay.weixin.qq.com/doc/v3/merchant/4012075214
"""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

from onehall.contexts.clearing.ports import File, FileRefused, Kind, Row
from onehall.foundation.values.money import Money

COLUMNS = (
    "交易时间", "公众账号ID", "商户号", "特约商户号", "设备号", "微信订单号", "商户订单号", "用户标识", "交易类型", "交易状态", "付款银行", "货币种类",
    "应结订单金额", "代金券金额", "微信退款单号", "商户退款单号", "退款金额", "充值券退款金额", "退款类型", "退款状态", "商品名称", "商户数据包", "手续费",
    "费率", "订单金额", "申请退款金额", "费率备注",
)  # fmt: skip
TOTALS = (
    "总交易单数",
    "应结订单总金额",
    "退款总金额",
    "充值券退款总金额",
    "手续费总金额",
    "订单总金额",
    "申请退款总金额",
)
_ZONE = ZoneInfo("Asia/Shanghai")
"""The provider's own clock, whatever the profile's."""
_GIVEN_BACK = ("REFUND", "REVOKED")
MOST_BYTES = 64 * 1024 * 1024  # structural: some 200,000 rows


def read(content: bytes, *, merchant: str, day: date | None, today: date) -> File:
    """The file, whole: it adds up to its own totals and is this merchant's. Without a `day` it is the one its rows name.

    Raises FileRefused.
    """
    rows, totals = _tables(content)
    if any(row["商户号"] != merchant for row in rows):
        raise FileRefused(
            field="file",
            why="这不是本公司商户号的账单",
            why_en="This file is of another merchant's number",
        )
    found = tuple(_row(number, row) for number, row in enumerate(rows, 2))
    _adds_up(found, totals)
    days = {one.at.astimezone(_ZONE).date() for one in found}
    if day is None and len(days) != 1:
        raise FileRefused(
            field="file", why=f"账单里有 {len(days)} 天的交易，看不出是哪一天的", why_en=f"The rows are of {len(days)} days, the file's day is not clear",
        )  # fmt: skip
    of = day or days.pop()
    if of >= today:
        raise FileRefused(field="file", why=f"{of} 还没有过完", why_en=f"{of} is not over yet")
    return File("wechat", of, f"{merchant}-{of:%Y%m%d}", found)


def _tables(content: bytes) -> tuple[list[dict[str, str]], dict[str, str]]:
    """Rows by column, and the totals; nothing where the provider says that there was no trade."""
    if len(content) > MOST_BYTES:
        raise FileRefused(field="file", why="文件太大", why_en="The file is too large")
    try:
        lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    except (UnicodeDecodeError, csv.Error):
        raise _unreadable(1) from None
    if not lines or tuple(lines[0]) != COLUMNS:
        raise _unreadable(1)
    end = next((place for place, line in enumerate(lines) if tuple(line) == TOTALS), 0)
    if end < 1 or len(lines) != end + 2:
        raise FileRefused(
            field="file", why="文件不完整：没有合计行", why_en="The file is not whole: it has no totals"
        )
    rows = []
    for number, line in enumerate(lines[1:end], 2):
        if len(line) != len(COLUMNS):
            raise _unreadable(number)
        rows.append(dict(zip(COLUMNS, (cell.removeprefix("`").strip() for cell in line), strict=True)))
    if len(lines[-1]) != len(TOTALS):
        raise _unreadable(len(lines))
    return rows, dict(zip(TOTALS, (cell.removeprefix("`").strip() for cell in lines[-1]), strict=True))


def _row(number: int, cell: Mapping[str, str]) -> Row:
    kind = Kind.REFUND if cell["交易状态"] in _GIVEN_BACK else Kind.CHARGE
    try:
        at = datetime.strptime(cell["交易时间"], "%Y-%m-%d %H:%M:%S").replace(tzinfo=_ZONE)
        amount = _money(cell["退款金额" if kind is Kind.REFUND else "应结订单金额"])
        fee = _money(cell["手续费"])
    except (ValueError, InvalidOperation):
        raise _unreadable(number) from None
    if amount <= Money.zero() or not cell["商户订单号"]:
        raise _unreadable(number)
    transaction = cell["微信退款单号" if kind is Kind.REFUND else "微信订单号"]
    return Row(kind, cell["商户订单号"][:64], transaction[:64], amount, fee, at)


def _adds_up(rows: Sequence[Row], totals: Mapping[str, str]) -> None:
    """The totals at its end are those of its rows: nothing was cut off."""
    counted = {
        "总交易单数": len(rows),
        "应结订单总金额": sum(row.amount.fen for row in rows if row.kind is Kind.CHARGE),
        "退款总金额": sum(row.amount.fen for row in rows if row.kind is Kind.REFUND),
        "手续费总金额": sum(row.fee.fen for row in rows),
    }
    for name, found in counted.items():
        try:
            said = int(totals[name]) if name == TOTALS[0] else _money(totals[name]).fen
        except (ValueError, InvalidOperation):
            said = -1
        if said != found:
            raise FileRefused(
                field="file", why=f"文件不完整：合计行的“{name}”与各行之和不符", why_en=f"The file is not whole: its totals ({name}) differ from its rows",
            )  # fmt: skip


def _money(typed: str) -> Money:
    """Yuan with up to five decimals, whole fen. Raises ValueError."""
    fen = Decimal(typed) * 100
    if fen != fen.to_integral_value():
        raise ValueError(typed)
    return Money(int(fen))


def _unreadable(row: int) -> FileRefused:
    return FileRefused(field="file", why=f"第 {row} 行看不懂", why_en=f"Row {row} could not be read")
