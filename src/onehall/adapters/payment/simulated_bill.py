"""The trade bill that the simulated WeChat Pay writes of its own orders; a test may spoil its rows before they are summed."""

import csv
import hashlib
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from zoneinfo import ZoneInfo

from onehall.adapters.payment.bill import COLUMNS, TOTALS

_ZONE = ZoneInfo("Asia/Shanghai")
_RATE = Decimal("0.006")


@dataclass
class Line:
    """A row before it is written; `fen` and `fee` below zero for a refund."""

    number: str
    transaction: str
    fen: int
    at: datetime
    fee: int

    @classmethod
    def of(cls, number: str, transaction: str, fen: int, at: datetime) -> "Line":
        """With the provider's usual fee."""
        fee = int((Decimal(abs(fen)) * _RATE).to_integral_value(ROUND_HALF_UP))
        return cls(number, transaction, fen, at.astimezone(_ZONE), fee if fen > 0 else -fee)


def lines_of(orders: dict[str, Any], day: date) -> list[Line]:
    """What was paid and given back on a day."""
    found = []
    for number, one in orders.items():
        for moment, fen in ((one.paid_at, one.fen), (one.refunded_at, -one.fen)):
            if moment and datetime.fromisoformat(moment).astimezone(_ZONE).date() == day:
                found.append(Line.of(number, one.transaction, fen, datetime.fromisoformat(moment)))
    return sorted(found, key=lambda line: line.at)


def written(lines: Iterable[Line], *, mchid: str, appid: str) -> bytes:
    """As the provider hands it out."""
    lines, file = list(lines), io.StringIO()
    sheet = csv.writer(file, lineterminator="\r\n")
    sheet.writerow(COLUMNS)
    for line in lines:
        charged, back = max(line.fen, 0), max(-line.fen, 0)
        told = {
            "交易时间": f"{line.at:%Y-%m-%d %H:%M:%S}", "公众账号ID": appid, "商户号": mchid, "特约商户号": "0",
            "微信订单号": line.transaction, "商户订单号": line.number, "交易类型": "MICROPAY", "付款银行": "OTHERS", "货币种类": "CNY",
            "交易状态": "REFUND" if back else "SUCCESS", "应结订单金额": _yuan(charged), "代金券金额": "0.00",
            "微信退款单号": f"50{line.transaction[2:]}" if back else "0", "商户退款单号": f"{line.number}R" if back else "0",
            "退款金额": _yuan(back), "充值券退款金额": "0.00", "手续费": f"{Decimal(line.fee) / 100:.5f}", "费率": "0.60%",
            "订单金额": _yuan(charged), "申请退款金额": _yuan(back),
        }  # fmt: skip
        sheet.writerow([f"`{told.get(column, '')}" for column in COLUMNS])
    sheet.writerow(TOTALS)
    charged, back = sum(max(line.fen, 0) for line in lines), sum(max(-line.fen, 0) for line in lines)
    fees = f"{Decimal(sum(line.fee for line in lines)) / 100:.5f}"
    sums = [str(len(lines)), _yuan(charged), _yuan(back), "0.00", fees, _yuan(charged), _yuan(back)]
    sheet.writerow([f"`{one}" for one in sums])
    return b"\xef\xbb\xbf" + file.getvalue().encode()


def offered(url: str, day: str, content: bytes) -> dict[str, str]:
    """The answer that says where the file lies, and its digest."""
    return {
        "hash_type": "SHA1", "hash_value": hashlib.sha1(content).hexdigest(),  # noqa: S324 - the provider's own choice
        "download_url": f"{url}/v3/billdownload/file?bill_date={day}",
    }  # fmt: skip


def _yuan(fen: int) -> str:
    return f"{Decimal(fen) / 100:.2f}"
