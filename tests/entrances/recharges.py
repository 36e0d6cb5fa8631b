"""网上充值 王建国's telephone in his own page, and what he pays by: WeChat Pay or Alipay, each made of software."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol
from uuid import uuid4

import pytest
from django.test import Client

from onehall.adapters.alipay.simulator import Gateway
from onehall.adapters.payment.simulator import Provider
from onehall.contexts.acquiring import api as acquiring
from onehall.contexts.organisation.models import OnlineCounter
from onehall.contexts.voice import api as voice
from onehall.entrances.jobs.online import end_online_days, settle_recharges
from onehall.foundation.values.period import local, midnight
from onehall.journeys.change_policy import change_policy
from onehall.readings.verification import run_checks
from onehall.runs.see_to_charges import see_to_charges
from onehall.steps import charging
from tests.cast import Cast
from tests.entrances.telephones import connected
from tests.entrances.test_portal import Home, said
from tests.telephone import ALL, opened

FIFTY = 500_000


class Payer(Protocol):
    """A provider as the customer and the provider itself have it in hand; `words` is what the page calls it, `thanks` the answer to a notice."""

    name: str
    words: str
    thanks: int

    def pay(self, number: str) -> None:
        """The customer pays what is still open."""

    def paid(self) -> dict[str, int]:
        """What customers paid and did not get back, in fen by number."""

    def reopen(self, number: str) -> None:
        """Our cancellation was lost on its way: the code can still be paid."""

    def refuse(self, number: str) -> None:
        """The provider takes no money for this number."""

    def tell(self, number: str) -> int:
        """Its notice that the number was paid comes to the hall; the status answered."""


class WeChat:
    """See `Payer`."""

    name, words, thanks = "wechat", "微信支付", 204

    def __init__(self, provider: Provider) -> None:
        self._provider = provider
        self.pay, self.paid = provider.pay, provider.paid

    def reopen(self, number: str) -> None:
        self._provider.orders[number].state = "NOTPAY"

    def refuse(self, number: str) -> None:
        self._provider.orders[number].state = "PAYERROR"

    def tell(self, number: str) -> int:
        headers, body = self._provider.notice(number)
        sent = {"content_type": "application/json", "headers": headers}
        return Client().post("/intake/charges/wechat", body, **sent).status_code


class Alipay:
    """See `Payer`."""

    name, words, thanks = "alipay", "支付宝", 200

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway
        self.pay, self.paid = gateway.pay, gateway.paid

    def reopen(self, number: str) -> None:
        self._gateway.trades[number].status = "WAIT_BUYER_PAY"

    def refuse(self, number: str) -> None:
        self._gateway.trades[number].status = "TRADE_CLOSED"

    def tell(self, number: str) -> int:
        sent = {"content_type": "application/x-www-form-urlencoded"}
        return Client().post("/intake/charges/alipay", self._gateway.notice(number), **sent).status_code


@contextmanager
def payer(name: str, cast: Cast, folder: Path, settings: Any, patch: pytest.MonkeyPatch) -> Iterator[Payer]:
    """The hall is connected to WeChat Pay, or to both and takes Alipay from today on."""
    with connected(cast, folder, settings, patch) as provider:
        if name == WeChat.name:
            yield WeChat(provider)
            return
        manager = cast.sign_in("0201")
        change_policy(
            key="payment.means", value=["cash", "wechat", "alipay"], valid_from=midnight(local(cast.now).date()), source="试",
            hall_id=manager.hall_id, by=manager, at=cast.now,
        )  # fmt: skip
        with Gateway(clock=lambda: cast.now, silence=30) as gateway:
            gateway.write_settings(folder)
            yield Alipay(gateway)


class Portal:
    """His telephone in his browser, and the clock of the hall."""

    def __init__(self, home: Home, line: voice.Line, payer: Payer) -> None:
        self.home, self.cast, self.line, self.payer = home, home.cast, line, payer
        home.sign_in()
        home.choose()

    def ask(self, amount: str = "50", intent: str = "", **other: Any) -> Any:
        form = {
            "line": self.line.id,
            "provider": self.payer.name,
            "amount": amount,
            "intent": intent or str(uuid4()),
        }
        return self.home.client.post("/my/recharges", {**form, **other})

    def charges(self) -> list[acquiring.Charge]:
        hall = OnlineCounter.objects.get(hall__code="xinyuan").hall_id
        return list(acquiring.charges_of_hall(hall, limit=9, scope=ALL))

    def press(self, step: str) -> str:
        at = f"/my/recharges/{self.charges()[0].id}"
        assert self.home.client.post(f"{at}/{step}").status_code == 303
        return self.page()

    def page(self) -> str:
        return said(self.home.get(f"/my/recharges/{self.charges()[0].id}"))

    def pay(self) -> None:
        self.payer.pay(self.charges()[0].number)

    def clock(self, **span: float) -> None:
        at = self.cast.later(**span)
        see_to_charges(acquirer_of=charging.acquirer, at=at)
        settle_recharges(at)
        end_online_days(at)


@pytest.fixture
def portal(
    home: Home, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Iterator[Portal]:
    """He pays by WeChat, or by what the test asks for."""
    line, name = opened(home.cast.clerk(drawer=False)), getattr(request, "param", WeChat.name)
    with payer(name, home.cast, tmp_path / "acquirers", settings, monkeypatch) as paying:
        yield Portal(home, line, paying)


def agrees() -> bool:
    """Every check of the whole database."""
    return {one.check.title.zh for one in run_checks(scope=ALL) if one.faults} == set()


def clerk_of(portal: Portal) -> OnlineCounter:
    return OnlineCounter.objects.get(hall__code="xinyuan")
