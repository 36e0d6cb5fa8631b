"""Alipay as acquiring's port asks for it. Settings: `PLUGS["acquirer.alipay"] = "onehall.adapters.alipay.plug.acquirer"`."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from urllib.parse import parse_qsl

import httpx

from onehall.adapters.alipay import bill as bills_of
from onehall.adapters.alipay import codec
from onehall.adapters.alipay.client import ask, fetch
from onehall.adapters.alipay.settings import Merchant, read
from onehall.contexts.acquiring.ports import Acquirer, Answer, AnswerRefused, Said, Wanted, Way
from onehall.contexts.clearing.ports import BillSource, File
from onehall.foundation.values.period import local

_TRADE = "alipay.trade."
_BILL = "alipay.data.dataservice.bill.downloadurl.query"


class Alipay:
    """See `contexts.acquiring.ports.Acquirer`."""

    thanks = "success"

    def __init__(self, merchant: Merchant) -> None:
        self._merchant = merchant
        self._client = httpx.Client(trust_env=False, follow_redirects=False)

    def ask(self, wanted: Wanted, *, seconds: int, at: datetime) -> Answer:
        method = "pay" if wanted.way is Way.SCANNED else "precreate"
        return codec.charged(self._asked(method, codec.order(wanted, at=at), seconds, at))

    def query(self, wanted: Wanted, *, seconds: int, at: datetime) -> Answer:
        return codec.charged(self._asked("query", {"out_trade_no": wanted.number}, seconds, at))

    def close(self, wanted: Wanted, *, seconds: int, at: datetime) -> Answer:
        """Asked how it stands before: a cancellation would give back what was paid, and that is not ours to decide here."""
        stands = self.query(wanted, seconds=seconds, at=at)
        if stands.said not in (Said.WAITING, Said.ABSENT):
            return stands
        return codec.closed(self._asked("cancel", {"out_trade_no": wanted.number}, seconds, at))

    def refund(self, wanted: Wanted, *, reason: str, seconds: int, at: datetime) -> Answer:
        """Where no money moved by this question it may have moved by an earlier one, which is asked about."""
        told = codec.refund(wanted, reason)
        answer = codec.refunded(self._asked("refund", told, seconds, at))
        if answer.said is not Said.WAITING:
            return answer
        about = {name: told[name] for name in ("out_trade_no", "out_request_no")}
        return codec.refunded(self._asked("fastpay.refund.query", about, seconds, at))

    def hear(self, headers: Mapping[str, str], body: bytes, *, at: datetime) -> tuple[str, Answer]:
        try:
            told = dict(parse_qsl(body.decode(), strict_parsing=True))
        except ValueError:
            raise AnswerRefused(why="form") from None
        signature = told.pop("sign", "")
        told.pop("sign_type", "")
        if not codec.is_theirs(self._merchant.provider_key, codec.joined(told), signature):
            raise AnswerRefused(why="signature")
        if told.get("app_id") != self._merchant.app_id:
            raise AnswerRefused(why="app_id")
        if told.get("refund_fee"):
            return told.get("out_trade_no", ""), Answer(Said.UNKNOWN, why="refund")
        return told.get("out_trade_no", ""), codec.stands(told)

    def bill(self, day: date, *, seconds: int, at: datetime) -> File | None:
        """See `contexts.clearing.ports.BillSource`."""
        about = {"bill_type": "trade", "bill_date": f"{day}"}
        told = ask(self._client, self._merchant, _BILL, about, seconds=seconds, at=at)
        content = fetch(self._client, str(told.get("bill_download_url", "")), seconds=seconds)
        return self._read(content, day, at) if content is not None else None

    def read(self, content: bytes, *, at: datetime) -> File:
        return self._read(content, None, at)

    def _read(self, content: bytes, day: date | None, at: datetime) -> File:
        return bills_of.read(content, seller=self._merchant.seller_id, day=day, today=local(at).date())

    def _asked(
        self, method: str, told: Mapping[str, object], seconds: int, at: datetime
    ) -> Mapping[str, object]:
        return ask(self._client, self._merchant, f"{_TRADE}{method}", told, seconds=seconds, at=at)


def acquirer(provider: str, folder: Path) -> Acquirer | None:
    """The plug, None where Alipay is not connected. Raises BadSettings."""
    return _connected(provider, folder)


def bills(provider: str, folder: Path) -> BillSource | None:
    """The plug of daily files: as `acquirer`. Settings: `PLUGS["bills.alipay"] = "onehall.adapters.alipay.plug.bills"`."""
    return _connected(provider, folder)


def _connected(provider: str, folder: Path) -> Alipay | None:
    merchant = read(folder)
    return Alipay(merchant) if merchant and provider == "alipay" else None
