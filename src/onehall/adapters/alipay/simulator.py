"""An Alipay gateway made of software: it checks and writes real signatures, keeps what was paid, and misbehaves as it is told.

What the customer does is in the last two digits of the code that is scanned (`HABITS`). What was paid is only ever read from
`paid`, never from what was answered.
"""

import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from onehall.adapters.alipay.codec import STAMP, ZONE, is_theirs, joined, sign
from onehall.adapters.alipay.simulated_bill import Line, lines_of, written
from onehall.foundation.simulation import SimulatedService

HABITS = {
    "91": "confirms", "92": "silent", "93": "poor", "94": "hesitates", "95": "keeps", "96": "broken", "97": "slow_refund",
}  # fmt: skip
"""By the scanned code's end: confirms after two questions; pays but no answer comes; has too little; never confirms; a refund is
refused; pays but the answer is an error; the refund takes a while."""
_APP, _SELLER = "2021000000000001", "2088000000000001"
_CONFIRMS_AFTER = 2
_NOT_SCANNED = ""
"""Our code is known as a trade only from when somebody scanned it."""


@dataclass
class Trade:
    """What the gateway knows of a number."""

    fen: int
    status: str = "WAIT_BUYER_PAY"
    habit: str = ""
    trade_no: str = ""
    paid_at: str = ""
    asked: int = 0
    refund: str = ""
    refunded_at: str = ""


@dataclass
class Gateway(SimulatedService):
    """Use as a context manager; `write_settings` makes the folder that the plug reads."""

    clock: Callable[[], datetime]
    silence: float = 1.5
    trades: dict[str, Trade] = field(default_factory=dict)
    spoil: Callable[[list[Line]], list[Line]] = field(default=lambda lines: lines)

    def __enter__(self) -> "Gateway":
        self._key, self._merchant = _keys()
        self.url = self.serve(_Handler, gateway=self) + "/gateway.do"
        return self

    def write_settings(self, folder: Path, *, notify_url: str = "http://127.0.0.1:1/intake/alipay") -> None:
        """The merchant's folder, as an administrator would write it."""
        folder.mkdir(parents=True, exist_ok=True)
        private = self._merchant.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        public = self._key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        (folder / "alipay-merchant.pem").write_bytes(private)
        (folder / "alipay-provider.pem").write_bytes(public)
        told = {
            "url": self.url, "app_id": _APP, "seller_id": _SELLER, "notify_url": notify_url, "private_key": "alipay-merchant.pem",
            "provider_key": "alipay-provider.pem",
        }  # fmt: skip
        (folder / "alipay.toml").write_text("".join(f'{name} = "{value}"\n' for name, value in told.items()))

    def pay(self, number: str) -> None:
        """The customer pays what is still open."""
        with self.lock:
            self._paid(self.trades[number])

    def paid(self) -> dict[str, int]:
        """What customers paid and did not get back, in fen by number."""
        return {
            no: one.fen
            for no, one in self.trades.items()
            if one.status == "TRADE_SUCCESS" and one.refund != "done"
        }

    def notice(self, number: str, **other: str) -> bytes:
        """The body of the notice that a number was paid."""
        one = self.trades[number]
        told = {
            "app_id": _APP, "out_trade_no": number, "trade_no": one.trade_no, "trade_status": one.status, "notify_id": secrets.token_hex(8),
            "total_amount": _yuan(one.fen), "gmt_payment": one.paid_at, "notify_type": "trade_status_sync", **other,
        }  # fmt: skip
        return urlencode({**told, "sign": sign(self._key, joined(told)), "sign_type": "RSA2"}).encode()

    def heard(self, params: dict[str, str]) -> bytes:
        """What it does with a question, and what it answers, signed; nothing at all where it stays silent."""
        signature = params.pop("sign", "")
        method = params.get("method", "")
        if not is_theirs(self._merchant.public_key(), joined(params), signature):
            answer: dict[str, Any] = {"code": "40002", "msg": "Invalid Arguments", "sub_code": "isv.invalid-signature"}  # fmt: skip
        else:
            with self.lock:
                verb = getattr(
                    self, "_" + method.removeprefix("alipay.").removeprefix("trade.").replace(".", "_")
                )
                answer = verb(json.loads(params["biz_content"]))
        if not answer:
            return b""
        content = json.dumps(answer, ensure_ascii=False, separators=(",", ":"))
        node = f'{{"{method.replace(".", "_")}_response":{content},"sign":"{sign(self._key, content.encode())}"}}'
        return node.encode()

    def _pay(self, told: dict[str, Any]) -> dict[str, Any]:
        number, habit = told["out_trade_no"], HABITS.get(told["auth_code"][-2:], "")
        one = self.trades.setdefault(number, Trade(_fen(told["total_amount"]), habit=habit))
        if habit == "poor":
            one.status = "TRADE_CLOSED"
            return _refused("ACQ.BUYER_BALANCE_NOT_ENOUGH", "买家余额不足")
        if habit in ("confirms", "hesitates"):
            return {"code": "10003", "msg": "order success pay inprocess", "out_trade_no": number}
        self._paid(one)
        if habit == "broken":
            return {"code": "20000", "msg": "Service Currently Unavailable", "sub_code": "isp.unknow-error"}
        return {} if habit == "silent" else self._told(number, gmt_payment=one.paid_at)

    def _precreate(self, told: dict[str, Any]) -> dict[str, Any]:
        self.trades.setdefault(told["out_trade_no"], Trade(_fen(told["total_amount"]), status=_NOT_SCANNED))
        return {"code": "10000", "out_trade_no": told["out_trade_no"], "qr_code": f"https://qr.alipay.com/{secrets.token_hex(8)}"}  # fmt: skip

    def _query(self, told: dict[str, Any]) -> dict[str, Any]:
        one = self.trades.get(told["out_trade_no"])
        if one is None or one.status == _NOT_SCANNED:
            return _refused("ACQ.TRADE_NOT_EXIST", "交易不存在")
        one.asked += 1
        if one.habit == "confirms" and one.asked >= _CONFIRMS_AFTER:
            self._paid(one)
        return self._told(told["out_trade_no"], trade_status=one.status, send_pay_date=one.paid_at)

    def _cancel(self, told: dict[str, Any]) -> dict[str, Any]:
        one = self.trades.get(told["out_trade_no"])
        if one is None:
            return _refused("ACQ.TRADE_NOT_EXIST", "交易不存在")
        one.status = "TRADE_CLOSED"
        return {"code": "10000", "retry_flag": "N", "action": "refund" if one.trade_no else "close"}

    def _refund(self, told: dict[str, Any]) -> dict[str, Any]:
        one = self.trades.get(told["out_trade_no"])
        if one is None or one.status != "TRADE_SUCCESS":
            return _refused("ACQ.TRADE_STATUS_ERROR", "交易状态不合法")
        if one.habit == "keeps":
            return _refused("ACQ.SELLER_BALANCE_NOT_ENOUGH", "商户余额不足")
        moved = one.refund == "" and one.habit != "slow_refund"
        one.refund = "done" if moved or one.refund else "asked"
        if one.refund == "done" and not one.refunded_at:
            one.refunded_at = self._now()
        return {"code": "10000", "fund_change": "Y" if moved else "N", "refund_fee": _yuan(one.fen)}

    def _fastpay_refund_query(self, told: dict[str, Any]) -> dict[str, Any]:
        one = self.trades[told["out_trade_no"]]
        return {"code": "10000", **({"refund_status": "REFUND_SUCCESS"} if one.refund == "done" else {})}

    def _paid(self, one: Trade) -> None:
        if one.status in ("WAIT_BUYER_PAY", _NOT_SCANNED):
            one.status, one.trade_no = "TRADE_SUCCESS", f"20261126{secrets.randbelow(10**20):020d}"
            one.paid_at = self._now()

    def _now(self) -> str:
        return f"{self.clock().astimezone(ZONE):{STAMP}}"

    def bill(self, day: date) -> bytes:
        """The statement of a day, as `spoil` leaves it."""
        return written(self.spoil(lines_of(self.trades, day)), seller=_SELLER)

    def _data_dataservice_bill_downloadurl_query(self, told: dict[str, Any]) -> dict[str, Any]:
        return {"code": "10000", "bill_download_url": f"{self.url}?day={told['bill_date']}"}

    def _told(self, number: str, **more: str) -> dict[str, Any]:
        one = self.trades[number]
        told = {"out_trade_no": number, "trade_no": one.trade_no, "total_amount": _yuan(one.fen), **more}
        return {"code": "10000", "msg": "Success", **{name: value for name, value in told.items() if value}}


class _Handler(BaseHTTPRequestHandler):
    gateway: Gateway

    def do_GET(self) -> None:
        content = self.gateway.bill(date.fromisoformat(self.path[-10:]))
        self.send_response(200)
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def do_POST(self) -> None:
        sent = self.rfile.read(int(self.headers["content-length"])).decode()
        answer = self.gateway.heard(dict(parse_qsl(sent, keep_blank_values=True)))
        if not answer:
            self.gateway.gone.wait(self.gateway.silence)
            return
        try:
            self.send_response(200)
            self.send_header("content-length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)
        except OSError:
            return

    def log_message(self, *_: object) -> None:
        """Codes and sums are not for logs."""


def _refused(sub_code: str, sub_msg: str) -> dict[str, Any]:
    return {"code": "40004", "msg": "Business Failed", "sub_code": sub_code, "sub_msg": sub_msg}


def _fen(typed: str) -> int:
    return int(Decimal(typed) * 100)


def _yuan(fen: int) -> str:
    return f"{Decimal(fen) / 100:.2f}"


@cache
def _keys() -> tuple[RSAPrivateKey, RSAPrivateKey]:
    """The gateway's and the merchant's: drawing them takes longer than all else."""
    one, other = (generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2))
    return one, other
