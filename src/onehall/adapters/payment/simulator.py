"""A WeChat Pay made of software: it checks and writes real signatures, keeps what was paid, and misbehaves as it is told.

What the customer does is in the last two digits of the code that is scanned (`HABITS`), so that a demo can be played with by
hand; a test may set the same with `habit`. What was paid is only ever read from `paid`, never from what was answered.
"""

import json
import re
import secrets
import threading
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import httpx
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from onehall.adapters.payment.codec import SCHEMA, sign
from onehall.adapters.payment.listening import Handler
from onehall.adapters.payment.simulated_bill import Line, lines_of, offered, written
from onehall.foundation.simulation import SimulatedService

HABITS = {
    "91": "confirms", "92": "silent", "93": "poor", "94": "hesitates", "95": "keeps", "96": "broken", "97": "slow_refund",
}  # fmt: skip
"""By the scanned code's end: confirms after two questions; pays but no answer comes; has too little; never confirms; a refund is
refused; pays but the answer is an error; the refund takes a while."""
_MCHID, _APPID, _SERIAL, _THEIRS = (
    "1900000001",
    "wx0000000000000001",
    "SIMULATEDMERCHANT",
    "SIMULATEDPROVIDER",
)
_CONFIRMS_AFTER = 2
_LOOKS_SECONDS = 8.0


@dataclass
class Order:
    """What the provider knows of a number."""

    fen: int
    state: str
    habit: str = ""
    transaction: str = ""
    paid_at: str = ""
    asked: int = 0
    refund: str = ""
    refunded_at: str = ""
    notify_url: str = ""


@dataclass
class Provider(SimulatedService):
    """Use as a context manager; `write_settings` makes the folder that the plug reads. `clock` is what its signatures bear."""

    clock: Callable[[], datetime]
    silence: float = 1.5
    shown_paid_after: float | None = None
    orders: dict[str, Order] = field(default_factory=dict)
    spoil: Callable[[list[Line]], list[Line]] = field(default=lambda lines: lines)
    keys: int = 0
    api_key: str = field(default_factory=lambda: secrets.token_hex(16))

    def __enter__(self) -> "Provider":
        self._key, self._merchant = (
            generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2)
        )
        self.url = self.serve(Handler, provider=self)
        return self

    def write_settings(self, folder: Path, *, notify_url: str = "http://127.0.0.1:1/intake/wechat") -> None:
        """The merchant's folder, as an administrator would write it."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "merchant.pem").write_bytes(
            self._merchant.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        )
        (folder / "provider.pem").write_bytes(
            self._key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        )
        told = {
            "url": self.url, "mchid": _MCHID, "appid": _APPID, "serial": _SERIAL, "provider_serial": _THEIRS,
            "api_key": self.api_key, "notify_url": notify_url, "private_key": "merchant.pem", "provider_key": "provider.pem",
        }  # fmt: skip
        (folder / "wechat.toml").write_text("".join(f'{name} = "{value}"\n' for name, value in told.items()))

    def pay(self, number: str) -> None:
        """The customer pays what is still open."""
        with self.lock:
            self._paid(self.orders[number])

    def paid(self) -> dict[str, int]:
        """What customers paid and did not get back, in fen by number."""
        return {
            no: one.fen
            for no, one in self.orders.items()
            if one.transaction and one.state == "SUCCESS" and one.refund != "SUCCESS"
        }

    def notice(self, number: str, *, fen: int | None = None) -> tuple[dict[str, str], bytes]:
        """Headers and body of the notice that a number was paid, each time signed anew."""
        one = self.orders[number]
        told = {"mchid": _MCHID, "appid": _APPID, "out_trade_no": number, **self._transaction(one)}
        if fen is not None:
            told["amount"] = {"total": fen}
        nonce, about = secrets.token_hex(6), "transaction"
        sealed = AESGCM(self.api_key.encode()).encrypt(
            nonce.encode(), json.dumps(told).encode(), about.encode()
        )
        body = json.dumps({
            "id": secrets.token_hex(8), "event_type": "TRANSACTION.SUCCESS", "resource_type": "encrypt-resource",
            "resource": {"algorithm": "AEAD_AES_256_GCM", "ciphertext": b64encode(sealed).decode(), "nonce": nonce, "associated_data": about},
        }).encode()  # fmt: skip
        return {**self.signed(body), "content-type": "application/json"}, body

    def tell(self, number: str, times: int = 1) -> list[int]:
        """Pushes the notice to where the order said; the statuses answered."""
        url, found = self.orders[number].notify_url, []
        for _ in range(times):
            headers, body = self.notice(number)
            found.append(
                httpx.post(url, content=body, headers=headers, timeout=5, trust_env=False).status_code
            )
        return found

    def bill(self, day: date) -> bytes:
        """The trade bill of a day, as `spoil` leaves it."""
        return written(self.spoil(lines_of(self.orders, day)), mchid=_MCHID, appid=_APPID)

    def signed(self, body: bytes) -> dict[str, str]:
        """The headers by which the provider's answers and notices are known."""
        moment, nonce = str(int(self.clock().timestamp())), secrets.token_hex(16)
        return {
            "Wechatpay-Timestamp": moment, "Wechatpay-Nonce": nonce, "Wechatpay-Serial": _THEIRS,
            "Wechatpay-Signature": sign(self._key, moment, nonce, body.decode()),
        }  # fmt: skip

    def knows(self, method: str, path: str, authorization: str, body: bytes) -> bool:
        """Whether the merchant signed this question."""
        said = dict(re.findall(r'(\w+)="([^"]*)"', authorization.removeprefix(f"{SCHEMA} ")))
        signed = (
            f"{method}\n{path}\n{said.get('timestamp')}\n{said.get('nonce_str')}\n".encode() + body + b"\n"
        )
        try:
            self._merchant.public_key().verify(
                b64decode(said.get("signature", "")), signed, PKCS1v15(), SHA256()
            )
        except (InvalidSignature, ValueError):
            return False
        return said.get("mchid") == _MCHID and said.get("serial_no") == _SERIAL

    def heard(self, method: str, path: str, told: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """What it does with a question, and what it answers."""
        parts = path.split("?")[0].removeprefix("/v3/").split("/")
        with self.lock:
            match parts:
                case ["pay", "transactions", "codepay"]:
                    return self._scanned(told)
                case ["pay", "transactions", "native"]:
                    return self._shown(told)
                case ["pay", "transactions", "out-trade-no", number]:
                    return self._queried(number)
                case ["pay", "transactions", "out-trade-no", number, ("close" | "reverse") as way]:
                    return self._closed(number, way)
                case ["refund", "domestic", "refunds"]:
                    return self._refunded(told)
                case ["bill", "tradebill"]:
                    day = path.partition("bill_date=")[2][:10]
                    return 200, offered(self.url, day, self.bill(date.fromisoformat(day)))
        return 404, {"code": "RESOURCE_NOT_EXISTS", "message": "no such address"}

    def _scanned(self, told: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        number, habit = told["out_trade_no"], HABITS.get(told["payer"]["auth_code"][-2:], "")
        one = self.orders.setdefault(number, Order(told["amount"]["total"], "USERPAYING", habit))
        if habit == "poor":
            one.state = "PAYERROR"
            return 403, {"code": "NOT_ENOUGH", "message": "余额不足"}
        if habit in ("confirms", "hesitates"):
            return 200, self._transaction(one)
        self._paid(one)
        if habit == "broken":
            return 500, {"code": "SYSTEM_ERROR", "message": "系统异常"}
        return (0, {}) if habit == "silent" else (200, self._transaction(one))

    def _shown(self, told: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        number = told["out_trade_no"]
        self.orders.setdefault(
            number, Order(told["amount"]["total"], "NOTPAY", notify_url=told["notify_url"])
        )
        if self.shown_paid_after is not None:
            threading.Thread(target=self._paid_later, args=(number,), daemon=True).start()
        return 200, {"code_url": f"weixin://wxpay/bizpayurl?pr={secrets.token_hex(5)}"}

    def _queried(self, number: str) -> tuple[int, dict[str, Any]]:
        one = self.orders.get(number)
        if one is None:
            return 404, {"code": "ORDER_NOT_EXIST", "message": "订单不存在"}
        one.asked += 1
        if one.habit == "confirms" and one.asked >= _CONFIRMS_AFTER and one.state == "USERPAYING":
            self._paid(one)
        return 200, self._transaction(one)

    def _closed(self, number: str, way: str) -> tuple[int, dict[str, Any]]:
        one = self.orders.get(number)
        if one is None:
            return 404, {"code": "ORDER_NOT_EXIST", "message": "订单不存在"}
        if one.state == "SUCCESS" and way == "close":
            return 400, {"code": "ORDER_PAID", "message": "订单已支付"}
        one.state = "REVOKED" if way == "reverse" else "CLOSED"
        one.refunded_at = self._now() if one.transaction else ""
        return 204, {}

    def _refunded(self, told: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        one = self.orders.get(told["out_trade_no"])
        if one is None or one.state != "SUCCESS":
            return 404, {"code": "RESOURCE_NOT_EXISTS", "message": "订单不存在或未支付"}
        if one.habit == "keeps":
            return 403, {"code": "NOT_ENOUGH", "message": "商户可用退款余额不足"}
        slow = one.habit == "slow_refund" and not one.refund
        one.refund = "PROCESSING" if slow else "SUCCESS"
        if not slow and not one.refunded_at:
            one.refunded_at = self._now()
        return 200, {"status": one.refund, "out_refund_no": told["out_refund_no"]}

    def _paid(self, one: Order) -> None:
        if not one.transaction and one.state in ("USERPAYING", "NOTPAY"):
            one.state, one.transaction = "SUCCESS", f"42000{secrets.randbelow(10**20):020d}"
            one.paid_at = self._now()

    def _now(self) -> str:
        return self.clock().astimezone().isoformat(timespec="seconds")

    def _paid_later(self, number: str) -> None:
        self.gone.wait(self.shown_paid_after)
        self.pay(number)
        try:
            self.tell(number, times=2)
        except httpx.HTTPError:
            return

    @staticmethod
    def _transaction(one: Order) -> dict[str, Any]:
        told: dict[str, Any] = {
            "trade_state": one.state,
            "trade_state_desc": "",
            "amount": {"total": one.fen},
        }
        if one.transaction:
            told |= {"transaction_id": one.transaction, "success_time": one.paid_at}
        return told


@contextmanager
def imitated(folder: Path, *, notify_url: str, clock: Callable[[], datetime]) -> Iterator[None]:
    """The plug of a demo: what is shown is paid after some seconds. Settings: `PLUGS["payers"] = "onehall.adapters.payment.simulator.imitated"`."""
    with Provider(clock, shown_paid_after=_LOOKS_SECONDS) as provider:
        provider.write_settings(folder, notify_url=notify_url)
        yield


@cache
def _keys(number: int) -> tuple[RSAPrivateKey, RSAPrivateKey]:
    """The provider's and the merchant's: drawing them takes longer than all else."""
    return tuple(generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2))  # type: ignore[return-value]
