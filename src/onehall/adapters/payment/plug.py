"""The providers that acquiring's port asks for. Settings: `PLUGS["acquirer.wechat"] = "onehall.adapters.payment.plug.acquirer"`."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

import httpx

from onehall.adapters.payment import bill as bills_of
from onehall.adapters.payment import codec
from onehall.adapters.payment.client import ask, fetch
from onehall.adapters.payment.settings import Merchant, read
from onehall.contexts.acquiring.ports import Acquirer, Answer, AnswerRefused, Said, Wanted, Way
from onehall.contexts.clearing.ports import BillSource, File
from onehall.foundation.values.period import local

_TRANSACTIONS = "/v3/pay/transactions"
_ORDERS = f"{_TRANSACTIONS}/out-trade-no"


class WeChatPay:
    """See `contexts.acquiring.ports.Acquirer`."""

    thanks = ""

    def __init__(self, merchant: Merchant) -> None:
        self._merchant = merchant
        self._client = httpx.Client(trust_env=False, follow_redirects=False)

    def ask(self, wanted: Wanted, *, seconds: int, at: datetime) -> Answer:
        path = f"{_TRANSACTIONS}/{'codepay' if wanted.way is Way.SCANNED else 'native'}"
        return codec.charged(*self._post(path, codec.order(self._merchant, wanted), seconds, at))

    def query(self, wanted: Wanted, *, seconds: int, at: datetime) -> Answer:
        path = f"{_ORDERS}/{wanted.number}?mchid={self._merchant.mchid}"
        return codec.charged(*ask(self._client, self._merchant, "GET", path, None, seconds=seconds, at=at))

    def close(self, wanted: Wanted, *, seconds: int, at: datetime) -> Answer:
        """Asked how it stands before and after: what was paid is not closed, and what cannot be closed may have been paid."""
        stands = self.query(wanted, seconds=seconds, at=at)
        if stands.said not in (Said.WAITING, Said.ABSENT):
            return stands
        way, told = "reverse" if wanted.way is Way.SCANNED else "close", {"mchid": self._merchant.mchid}
        if wanted.way is Way.SCANNED:
            told["appid"] = self._merchant.appid
        return codec.closed(*self._post(f"{_ORDERS}/{wanted.number}/{way}", told, seconds, at))

    def refund(self, wanted: Wanted, *, reason: str, seconds: int, at: datetime) -> Answer:
        return codec.refunded(
            *self._post("/v3/refund/domestic/refunds", codec.refund(wanted, reason), seconds, at)
        )

    def hear(self, headers: Mapping[str, str], body: bytes, *, at: datetime) -> tuple[str, Answer]:
        merchant = self._merchant
        if not codec.is_theirs(merchant.provider_key, merchant.provider_serial, headers, body, at=at):
            raise AnswerRefused(why="signature")
        try:
            told = codec.opened(merchant.api_key, json.loads(body)["resource"])
        except (ValueError, KeyError, TypeError):
            raise AnswerRefused(why="resource") from None
        if told.get("mchid") != merchant.mchid:
            raise AnswerRefused(why="mchid")
        if "refund_status" in told:
            return str(told.get("out_trade_no", "")), codec.refunded(200, {"status": told["refund_status"]})
        return str(told.get("out_trade_no", "")), codec.stands(told)

    def bill(self, day: date, *, seconds: int, at: datetime) -> File | None:
        """See `contexts.clearing.ports.BillSource`."""
        path = f"/v3/bill/tradebill?bill_date={day}&bill_type=ALL"
        status, told = ask(self._client, self._merchant, "GET", path, None, seconds=seconds, at=at)
        if status >= codec.REFUSED or told.get("hash_type") != "SHA1":
            return None
        url, digest = str(told.get("download_url", "")), str(told.get("hash_value", ""))
        content = fetch(
            self._client, self._merchant, url, digest=digest, most=bills_of.MOST_BYTES, seconds=seconds, at=at
        )
        if content is None:
            return None
        return bills_of.read(content, merchant=self._merchant.mchid, day=day, today=local(at).date())

    def read(self, content: bytes, *, at: datetime) -> File:
        return bills_of.read(content, merchant=self._merchant.mchid, day=None, today=local(at).date())

    def _post(
        self, path: str, told: Mapping[str, object], seconds: int, at: datetime
    ) -> tuple[int, Mapping[str, object]]:
        return ask(self._client, self._merchant, "POST", path, told, seconds=seconds, at=at)


def acquirer(provider: str, folder: Path) -> Acquirer | None:
    """The plug: the provider whose settings stand in the folder, None where it is not connected. Raises BadSettings."""
    return _connected(provider, folder)


def bills(provider: str, folder: Path) -> BillSource | None:
    """The plug of daily files: as `acquirer`. Settings: `PLUGS["bills.wechat"] = "onehall.adapters.payment.plug.bills"`."""
    return _connected(provider, folder)


def _connected(provider: str, folder: Path) -> WeChatPay | None:
    merchant = read(folder, provider)
    return WeChatPay(merchant) if merchant and provider == "wechat" else None
