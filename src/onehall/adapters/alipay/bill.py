"""Alipay's statement of a day's business: a zip of csv files in GBK, whose last lines are totals.

https://opendocs.alipay.com/open/02e7h8
"""

import csv
import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

from onehall.contexts.clearing.ports import File, FileRefused, Kind, Row
from onehall.foundation.values.money import Money

COLUMNS = (
    "支付宝交易号", "商户订单号", "业务类型", "商品名称", "创建时间", "完成时间", "门店编号", "门店名称", "操作员", "终端号", "对方账户", "订单金额（元）",
    "商家实收（元）", "支付宝红包（元）", "集分宝（元）", "支付宝优惠（元）", "商家优惠（元）", "券核销金额（元）", "券名称", "商家红包消费金额（元）",
    "卡消费金额（元）", "退款批次号/请求号", "服务费（元）", "分润（元）", "备注",
)  # fmt: skip
MOST_BYTES = 64 * 1024 * 1024  # structural: some 200,000 rows
_ZONE = ZoneInfo("Asia/Shanghai")
_KINDS = {"交易": Kind.CHARGE, "退款": Kind.REFUND}
_ACCOUNT = re.compile(r"#账号：\[(\d+)\]")
_TOTALS = {
    Kind.CHARGE: re.compile(r"#交易合计：(\d+)笔，商家实收共(-?[\d.]+)元"),
    Kind.REFUND: re.compile(r"#退款合计：(\d+)笔，商家实收退款共(-?[\d.]+)元"),
}


def read(content: bytes, *, seller: str, day: date | None, today: date) -> File:
    """The file, whole: it adds up to its own totals and is this seller's. Without a `day` it is the one its rows name.

    Raises FileRefused.
    """
    lines = _text(content).splitlines()
    account = next((found for line in lines if (found := _ACCOUNT.match(line))), None)
    if account is None or account[1] != seller:
        raise _no("这不是本公司支付宝账号的账单", "This file is of another account")
    rows = _rows([line for line in lines if not line.startswith("#")])
    for kind, pattern in _TOTALS.items():
        said = next((found for line in lines if (found := pattern.match(line))), None)
        counted = [row.amount for row in rows if row.kind is kind]
        if said is None or int(said[1]) != len(counted) or abs(_money(said[2], 1)) != Money.total(counted):
            raise _no(
                "文件不完整：合计与各行之和不符", "The file is not whole: its totals differ from its rows"
            )
    days = {row.at.date() for row in rows}
    if day is None and len(days) != 1:
        raise _no(f"账单里有 {len(days)} 天的交易，看不出是哪一天的", f"The rows are of {len(days)} days")
    of = day or days.pop()
    if of >= today:
        raise _no(f"{of} 还没有过完", f"{of} is not over yet")
    return File("alipay", of, f"{seller}-{of:%Y%m%d}", tuple(rows))


def _text(content: bytes) -> str:
    """The rows' csv, as it is or out of the provider's zip; never more than the bound is unpacked."""
    try:
        if content.startswith(b"PK"):
            with zipfile.ZipFile(io.BytesIO(content)) as packed:
                names = [one for one in packed.infolist() if "汇总" not in one.filename]
                if len(names) != 1 or names[0].file_size > MOST_BYTES:
                    raise _no("压缩包里没有业务明细", "The zip holds no list of the business")
                content = packed.read(names[0])
        if len(content) > MOST_BYTES:
            raise _no("文件太大", "The file is too large")
        return content.decode("gb18030")
    except (UnicodeDecodeError, zipfile.BadZipFile, RuntimeError, NotImplementedError):
        raise _no("文件看不懂", "The file could not be read") from None


def _rows(lines: Sequence[str]) -> list[Row]:
    try:
        table = [[cell.strip() for cell in line] for line in csv.reader(lines)]
    except csv.Error:
        table = []
    if not table or tuple(table[0]) != COLUMNS:
        raise _no("没有找到表头", "The headings were not found")
    found = []
    for number, line in enumerate(table[1:], 2):
        if len(line) != len(COLUMNS):
            raise _no(f"明细第 {number} 行看不懂", f"Row {number} could not be read")
        found.append(_row(number, dict(zip(COLUMNS, line, strict=True))))
    return found


def _row(number: int, cell: Mapping[str, str]) -> Row:
    try:
        kind = _KINDS[cell["业务类型"]]
        at = datetime.strptime(cell["完成时间"], "%Y-%m-%d %H:%M:%S").replace(tzinfo=_ZONE)
        amount = abs(_money(cell["订单金额（元）"], 1))
        fee = _money(cell["服务费（元）"], -1)
    except (KeyError, ValueError, InvalidOperation):
        raise _no(f"明细第 {number} 行看不懂", f"Row {number} could not be read") from None
    if not amount or not cell["商户订单号"]:
        raise _no(f"明细第 {number} 行看不懂", f"Row {number} could not be read")
    return Row(kind, cell["商户订单号"][:64], cell["支付宝交易号"][:64], amount, fee, at)


def _money(typed: str, sign: int) -> Money:
    """Yuan in whole fen. Raises ValueError, InvalidOperation."""
    fen = Decimal(typed) * 100 * sign
    if fen != int(fen):
        raise ValueError(typed)
    return Money(int(fen))


def _no(why: str, why_en: str) -> FileRefused:
    return FileRefused(field="file", why=why, why_en=why_en)
