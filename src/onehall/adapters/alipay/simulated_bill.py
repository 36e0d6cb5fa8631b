"""The statement that the simulated gateway writes of a day's trades; a test may spoil its rows before they are summed."""

import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from onehall.adapters.alipay.bill import COLUMNS

_RATE = Decimal("0.006")


@dataclass
class Line:
    """A row before it is written; `fen` below zero for a refund, `fee` what the gateway keeps (below zero: gives back)."""

    number: str
    trade_no: str
    fen: int
    at: str
    fee: int

    @classmethod
    def of(cls, number: str, trade_no: str, fen: int, at: str) -> "Line":
        """With the gateway's usual fee."""
        return cls(number, trade_no, fen, at, int((Decimal(fen) * _RATE).to_integral_value(ROUND_HALF_UP)))


def lines_of(trades: dict[str, Any], day: date) -> list[Line]:
    """What was paid and given back on a day."""
    return [
        Line.of(number, one.trade_no, fen, moment)
        for number, one in trades.items()
        for moment, fen in ((one.paid_at, one.fen), (one.refunded_at, -one.fen))
        if moment.startswith(f"{day}")
    ]


def written(lines: Iterable[Line], *, seller: str) -> bytes:
    """As the gateway hands it out: a zip of the list and its summary, names and rows in GBK."""
    lines = list(lines)
    text = [f"#账号：[{seller}]", "#业务明细列表", ",".join(COLUMNS)]
    for line in lines:
        told = {
            "支付宝交易号": f"{line.trade_no}\t", "商户订单号": f"{line.number}\t", "业务类型": "退款" if line.fen < 0 else "交易",
            "完成时间": line.at, "订单金额（元）": _yuan(line.fen), "商家实收（元）": _yuan(line.fen), "服务费（元）": _yuan(-line.fee),
        }  # fmt: skip
        text.append(",".join(told.get(column, "") for column in COLUMNS))
    came, back = [one.fen for one in lines if one.fen > 0], [one.fen for one in lines if one.fen < 0]
    text += [
        "#业务明细列表结束", f"#交易合计：{len(came)}笔，商家实收共{_yuan(sum(came))}元，商家优惠共0.00元",
        f"#退款合计：{len(back)}笔，商家实收退款共{_yuan(sum(back))}元，商家优惠退款共0.00元",
    ]  # fmt: skip
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(f"{seller}_业务明细.csv", "\r\n".join(text).encode("gb18030"))
        packed.writestr(f"{seller}_业务明细(汇总).csv", b"")
    return file.getvalue()


def _yuan(fen: int) -> str:
    return f"{Decimal(fen) / 100:.2f}"
