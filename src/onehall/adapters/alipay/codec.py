"""What goes over the line to Alipay's gateway, and what it means. https://opendocs.alipay.com/open/203/105285"""

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256

from onehall.adapters.alipay.settings import Merchant
from onehall.contexts.acquiring.ports import Answer, Said, Wanted, Way
from onehall.foundation.values.money import Money

ZONE = ZoneInfo("Asia/Shanghai")
"""The gateway's own clock, whatever the profile's."""
STAMP = "%Y-%m-%d %H:%M:%S"
_DONE, _PAYING, _REFUSED = "10000", "10003", "40004"
_PAID = ("TRADE_SUCCESS", "TRADE_FINISHED")
_ABSENT = "ACQ.TRADE_NOT_EXIST"
_TROUBLE = ("ACQ.SYSTEM_ERROR", "aop.ACQ.SYSTEM_ERROR", "isp.unknow-error")
"""Refusals that say nothing of the money."""


def joined(told: Mapping[str, str]) -> bytes:
    """What is signed: the parameters that say something, in the order of their names."""
    return "&".join(f"{name}={value}" for name, value in sorted(told.items()) if value).encode()


def sign(key: RSAPrivateKey, signed: bytes) -> str:
    """RSA2: Base64 of the RSA-SHA256 signature."""
    return b64encode(key.sign(signed, PKCS1v15(), SHA256())).decode()


def is_theirs(key: RSAPublicKey, signed: bytes, signature: str) -> bool:
    """Whether the gateway signed this, with the key that we know."""
    try:
        key.verify(b64decode(signature, validate=True), signed, PKCS1v15(), SHA256())
    except (InvalidSignature, ValueError):
        return False
    return True


def form(merchant: Merchant, method: str, told: Mapping[str, Any], *, at: datetime) -> dict[str, str]:
    """The signed parameters of a question."""
    params = {
        "app_id": merchant.app_id, "method": method, "format": "JSON", "charset": "utf-8", "sign_type": "RSA2", "version": "1.0",
        "timestamp": f"{at.astimezone(ZONE):{STAMP}}", "notify_url": merchant.notify_url,
        "biz_content": json.dumps(told, ensure_ascii=False, separators=(",", ":")),
    }  # fmt: skip
    return {**params, "sign": sign(merchant.private_key, joined(params))}


def believed(merchant: Merchant, method: str, heard: bytes) -> Mapping[str, Any]:
    """The answer's content, empty where the gateway did not sign it: what is signed are the very bytes of the content."""
    name = f'{{"{method.replace(".", "_")}_response":'.encode()
    content, mark, tail = heard.removeprefix(name).rpartition(b',"sign":"')
    signature = tail.removesuffix(b'"}').decode(errors="replace")
    if (
        not heard.startswith(name)
        or not mark
        or not is_theirs(merchant.provider_key, content, signature.replace("\\/", "/"))
    ):
        return {}
    try:
        told = json.loads(content)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def order(wanted: Wanted, *, at: datetime) -> dict[str, Any]:
    """What is charged: a scanned code, or an order whose code the customer scans."""
    minutes = max(1, int((wanted.expires_at - at).total_seconds() // 60))
    told = {
        "out_trade_no": wanted.number, "total_amount": _yuan(wanted.amount), "subject": wanted.subject[:256],
        "timeout_express": f"{minutes}m",
    }  # fmt: skip
    if wanted.way is Way.SCANNED:
        return {**told, "scene": "bar_code", "auth_code": wanted.code, "product_code": "FACE_TO_FACE_PAYMENT"}
    return told


def refund(wanted: Wanted, reason: str) -> dict[str, Any]:
    """A refund of the whole; its number is the charge's, so that asking twice gives back once."""
    return {
        "out_trade_no": wanted.number, "refund_amount": _yuan(wanted.amount), "refund_reason": reason[:80],
        "out_request_no": f"{wanted.number}R",
    }  # fmt: skip


def charged(told: Mapping[str, Any]) -> Answer:
    """What an answer to a charge or a query means. A refusal is final; trouble says nothing of the money."""
    code, sub = str(told.get("code", "")), str(told.get("sub_code", ""))
    if code == _DONE and "qr_code" in told:
        return Answer(Said.WAITING, code_url=str(told["qr_code"]))
    if code == _DONE:
        return stands(told)
    if code == _PAYING:
        return Answer(Said.WAITING, why=_why(told))
    if sub == _ABSENT:
        return Answer(Said.ABSENT, why=sub)
    final = code == _REFUSED and sub not in _TROUBLE
    return Answer(Said.FAILED if final else Said.UNKNOWN, why=_why(told))


def stands(told: Mapping[str, Any]) -> Answer:
    """A trade as answers and notices write it; a direct charge that is done bears no state."""
    state = str(told.get("trade_status", _PAID[0]))
    if state == "WAIT_BUYER_PAY":
        return Answer(Said.WAITING)
    if state not in _PAID:
        return Answer(Said.CLOSED if state == "TRADE_CLOSED" else Said.UNKNOWN, why=state)
    try:
        stamp = told.get("gmt_payment") or told.get("send_pay_date")
        paid = datetime.strptime(str(stamp), STAMP).replace(tzinfo=ZONE)
        fen = Decimal(str(told["total_amount"])) * 100
        if fen != int(fen):
            raise ValueError("fen")
        return Answer(Said.SUCCEEDED, str(told["trade_no"])[:64], paid, Money(int(fen)))
    except (KeyError, TypeError, ValueError, InvalidOperation):
        return Answer(Said.UNKNOWN, why="malformed")


def closed(told: Mapping[str, Any]) -> Answer:
    """What an answer to a cancellation means: a trade that never was there is closed as well."""
    if told.get("code") == _DONE or told.get("sub_code") == _ABSENT:
        return Answer(Said.CLOSED, why=_why(told))
    return Answer(Said.UNKNOWN, why=_why(told))


def refunded(told: Mapping[str, Any]) -> Answer:
    """What an answer to a refund, or to the question after one, means: only money that moved has gone back."""
    if told.get("code") == _DONE:
        moved = told.get("fund_change") == "Y" or told.get("refund_status") == "REFUND_SUCCESS"
        return Answer(Said.REFUNDED if moved else Said.WAITING, why=_why(told))
    final = told.get("code") == _REFUSED and told.get("sub_code") not in _TROUBLE
    return Answer(Said.REFUND_REFUSED if final else Said.UNKNOWN, why=_why(told))


def _yuan(amount: Money) -> str:
    """As the gateway reads it: no thousands separator."""
    return f"{Decimal(amount.fen) / 100:.2f}"


def _why(told: Mapping[str, Any]) -> str:
    parts = (str(told[part]) for part in ("sub_code", "sub_msg", "msg") if told.get(part))
    return " ".join(parts)[:200]
