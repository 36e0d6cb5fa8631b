"""What goes over the line in WeChat Pay's API v3, and what it means. https://pay.weixin.qq.com/doc/v3/merchant/4012365334"""

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256

from onehall.adapters.payment.settings import Merchant
from onehall.contexts.acquiring.ports import Answer, Said, Wanted, Way
from onehall.foundation.values.money import Money

SCHEMA = "WECHATPAY2-SHA256-RSA2048"
_SKEW = timedelta(minutes=5)  # structural: the provider's own rule
"""A signed message older or newer than this is not listened to."""
_OK, REFUSED, _LATER, _SERVER = 300, 400, 429, 500
_STATES = {
    "SUCCESS": Said.SUCCEEDED, "REFUND": Said.SUCCEEDED, "NOTPAY": Said.WAITING, "USERPAYING": Said.WAITING, "ACCEPT": Said.WAITING,
    "CLOSED": Said.CLOSED, "REVOKED": Said.CLOSED, "PAYERROR": Said.FAILED,
}  # fmt: skip
_REFUNDS = {
    "SUCCESS": Said.REFUNDED,
    "PROCESSING": Said.WAITING,
    "CLOSED": Said.REFUND_REFUSED,
    "ABNORMAL": Said.REFUND_REFUSED,
}
_ABSENT = ("ORDER_NOT_EXIST", "RESOURCE_NOT_EXISTS", "ORDERNOTEXIST")
_PAYING = ("USERPAYING", "USER_PAYING")


def sign(key: RSAPrivateKey, *lines: str) -> str:
    """Base64 of the RSA-SHA256 signature over the lines, each ended by a line feed."""
    return b64encode(key.sign("".join(f"{line}\n" for line in lines).encode(), PKCS1v15(), SHA256())).decode()


def authorization(merchant: Merchant, *, method: str, path: str, body: str, at: datetime, nonce: str) -> str:
    """The header that says who asks."""
    moment = str(int(at.timestamp()))
    signature = sign(merchant.private_key, method, path, moment, nonce, body)
    return (
        f'{SCHEMA} mchid="{merchant.mchid}",nonce_str="{nonce}",signature="{signature}",timestamp="{moment}",'
        f'serial_no="{merchant.serial}"'
    )


def is_theirs(
    key: RSAPublicKey, serial: str, headers: Mapping[str, str], body: bytes, *, at: datetime
) -> bool:
    """Whether the provider signed this, with the key that we know, a moment ago."""
    told = {name.lower(): value for name, value in headers.items()}
    moment, nonce = told.get("wechatpay-timestamp", ""), told.get("wechatpay-nonce", "")
    if (
        told.get("wechatpay-serial") != serial
        or not moment.isdecimal()
        or abs(at.timestamp() - int(moment)) > _SKEW.total_seconds()
    ):
        return False
    try:
        signature = b64decode(told.get("wechatpay-signature", ""), validate=True)
        key.verify(signature, f"{moment}\n{nonce}\n".encode() + body + b"\n", PKCS1v15(), SHA256())
    except (InvalidSignature, ValueError):
        return False
    return True


def order(merchant: Merchant, wanted: Wanted) -> dict[str, Any]:
    """The body of a charge: of a scanned code, or of an order whose code the customer scans."""
    told: dict[str, Any] = {
        "appid": merchant.appid, "mchid": merchant.mchid, "description": wanted.subject[:127], "out_trade_no": wanted.number,
        "amount": {"total": wanted.amount.fen, "currency": "CNY"},
    }  # fmt: skip
    if wanted.way is Way.SCANNED:
        return {
            **told,
            "payer": {"auth_code": wanted.code},
            "scene_info": {"store_info": {"out_id": wanted.subject[:32]}},
        }
    return {
        **told,
        "notify_url": merchant.notify_url,
        "time_expire": wanted.expires_at.isoformat(timespec="seconds"),
    }


def refund(wanted: Wanted, reason: str) -> dict[str, Any]:
    """The body of a refund of the whole; its number is the charge's, so that asking twice gives back once."""
    fen = wanted.amount.fen
    return {
        "out_trade_no": wanted.number, "out_refund_no": f"{wanted.number}R", "reason": reason[:80],
        "amount": {"refund": fen, "total": fen, "currency": "CNY"},
    }  # fmt: skip


def charged(status: int, told: Mapping[str, Any]) -> Answer:
    """What an answer to a charge or a query means. A refusal is final; a server's trouble says nothing of the money."""
    code = str(told.get("code", ""))
    if status < _OK and "code_url" in told:
        return Answer(Said.WAITING, code_url=str(told["code_url"]))
    if status < _OK:
        return stands(told)
    if code in _ABSENT:
        return Answer(Said.ABSENT, why=code)
    if code in _PAYING:
        return Answer(Said.WAITING, why=code)
    final = REFUSED <= status < _SERVER and status != _LATER
    return Answer(Said.FAILED if final else Said.UNKNOWN, why=_why(told) or str(status))


def closed(status: int, told: Mapping[str, Any]) -> Answer:
    """What an answer to a close or a reversal means: an order that never was there is closed as well."""
    if status < _OK or str(told.get("code", "")) in (*_ABSENT, "ORDER_CLOSED"):
        return Answer(Said.CLOSED, why=_why(told))
    return Answer(Said.UNKNOWN, why=_why(told) or str(status))


def refunded(status: int, told: Mapping[str, Any]) -> Answer:
    """What an answer to a refund means: under way is no answer yet, and a refusal is one that a person must see."""
    if status < _OK:
        return Answer(_REFUNDS.get(str(told.get("status")), Said.UNKNOWN), why=_why(told))
    final = REFUSED <= status < _SERVER and status != _LATER
    return Answer(Said.REFUND_REFUSED if final else Said.UNKNOWN, why=_why(told) or str(status))


def stands(told: Mapping[str, Any]) -> Answer:
    """A transaction as queries and notices write it."""
    said = _STATES.get(str(told.get("trade_state", "")), Said.UNKNOWN)
    if said is not Said.SUCCEEDED:
        return Answer(said, why=str(told.get("trade_state_desc", "")))
    try:
        paid, fen = datetime.fromisoformat(str(told["success_time"])), int(told["amount"]["total"])
        return Answer(said, transaction=str(told["transaction_id"])[:64], paid_at=paid, amount=Money(fen))
    except (KeyError, TypeError, ValueError):
        return Answer(Said.UNKNOWN, why="malformed")


def opened(key: bytes, resource: Mapping[str, str]) -> Mapping[str, Any]:
    """What a notice carries, deciphered. Raises ValueError."""
    try:
        plain = AESGCM(key).decrypt(
            resource["nonce"].encode(),
            b64decode(resource["ciphertext"]),
            resource.get("associated_data", "").encode(),
        )
        told = json.loads(plain)
    except (InvalidTag, KeyError, TypeError, AttributeError) as why:
        raise ValueError("ciphertext") from why
    if not isinstance(told, dict):
        raise ValueError("resource")
    return told


def _why(told: Mapping[str, Any]) -> str:
    return " ".join(str(told[part]) for part in ("code", "message") if told.get(part))[:200]
