"""Providers of payments made of software beside the hall, behind lines that are cut, and the customers' telephones.

Their books are theirs: whatever the hall or a line suffers, a provider forgets nothing. What customers paid is read from them at the end.
"""

import heapq
import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

import httpx

from chaos.told import Tally
from chaos.wire import Wire
from onehall.adapters.alipay.simulator import Gateway as Alipay
from onehall.adapters.payment.simulator import Provider as WeChat
from onehall.adapters.recharge_card.simulator import Card, Platform
from onehall.adapters.terminal.simulator import Gateway as Acquirer
from onehall.adapters.terminal.simulator import Sale

HALL = "xinyuan"
_PAYS, _LATEST_SECONDS, _TELLS_AGAIN = 0.8, 3.0, 6
_LOOK_SECONDS = 0.15


def _now() -> datetime:
    return datetime.now(UTC)


class Providers:
    """All four, while this lasts; `folder` is what the hall reads."""

    def __init__(self, folder: Path, seats: list[str]) -> None:
        self._folder, self._seats = folder, seats
        self.wechat, self.alipay = WeChat(_now), Alipay(_now)
        self.card, self.cards = Acquirer(_now), Platform(_now)
        self.wires: dict[str, Wire] = {}
        self._all = ExitStack()

    def __enter__(self) -> "Providers":
        for name, one in self._named():
            self._all.enter_context(one)
            where = urlsplit(one.url)
            wire = self.wires[name] = Wire(where.port or 0)
            one.url = where._replace(netloc=f"127.0.0.1:{wire.port}").geturl()
        self.wechat.write_settings(self._folder)
        self.alipay.write_settings(self._folder)
        self.card.write_settings(
            self._folder, **{f"{HALL}/{seat}": f"T{number:07}" for number, seat in enumerate(self._seats)}
        )
        self.cards.write_settings(self._folder)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        for wire in self.wires.values():
            wire.close()
        self._all.close()

    def _named(self) -> list[tuple[str, Any]]:
        return [
            ("wechat", self.wechat),
            ("alipay", self.alipay),
            ("card", self.card),
            ("recharge_card", self.cards),
        ]

    def cut(self, dice: random.Random) -> None:
        """One provider's line, for a moment or for as long as a question takes."""
        self.wires[dice.choice(sorted(self.wires))].cut(dice.uniform(0.05, 2.0))

    def by_hand(self, fen: int) -> Sale:
        """A terminal that is not connected charges a card."""
        return self.card.by_hand(fen)

    def sold(self, fen: int, ends: str) -> Card:
        """A recharge card, bought in a shop."""
        return self.cards.sold(fen, ends=ends)

    def paid(self) -> dict[str, dict[str, int]]:
        """What each provider says customers paid and did not get back, in fen by the number that the hall's charge bears."""
        day = f"{_now().astimezone():%Y%m%d}"
        slips = {f"hand {one.reference}": f"S{self._day(one) or day}{one.reference}" for one in self.card.sales.values() if not one.number}  # fmt: skip
        return {
            "wechat": self.wechat.paid(), "alipay": self.alipay.paid(), "recharge_card": self.cards.redeemed(),
            "card": {slips.get(name, name): fen for name, fen in self.card.paid().items()},
        }  # fmt: skip

    @staticmethod
    def _day(sale: Sale) -> str:
        return sale.paid_at[:10].replace("-", "")


class Street(threading.Thread):
    """Customers who scan our codes and pay, soon, late or never; providers tell it, twice, late, again until they are heard, or not at all."""

    def __init__(self, providers: Providers, port: int, *, seed: int, tally: Tally) -> None:
        super().__init__(name="street", daemon=True)
        self.stop = threading.Event()
        self.told: Counter[str] = Counter()
        self._providers, self._tally = providers, tally
        self._intake = f"http://127.0.0.1:{port}/intake/charges"
        self._dice = random.Random(seed * 1000 + 777)
        self._due: list[tuple[float, int, Callable[[], None]]] = []
        self._turn = 0
        self._seen: set[str] = set()

    def run(self) -> None:
        """Until stopped."""
        while not self.stop.wait(_LOOK_SECONDS):
            self._look()
            while self._due and self._due[0][0] <= time.monotonic():
                heapq.heappop(self._due)[2]()

    def _later(self, seconds: float, what: Callable[[], None]) -> None:
        self._turn += 1
        heapq.heappush(self._due, (time.monotonic() + seconds, self._turn, what))

    def _look(self) -> None:
        """New orders whose code stands on a display, and cards that were just charged."""
        wechat, alipay, card = self._providers.wechat, self._providers.alipay, self._providers.card
        with wechat.lock:
            shown = [("wechat", no) for no, one in wechat.orders.items() if one.notify_url]
        with alipay.lock:
            shown += [
                ("alipay", no)
                for no, one in alipay.trades.items()
                if not one.habit and one.status == "WAIT_BUYER_PAY"
            ]
        with card.lock:
            shown += [
                ("card", no) for no, one in card.sales.items() if one.number and one.state == "APPROVED"
            ]
        for provider, number in shown:
            if number not in self._seen:
                self._seen.add(number)
                self._decide(provider, number)

    def _decide(self, provider: str, number: str) -> None:
        if provider == "card":
            if self._dice.random() < _PAYS / 2:
                self._later(self._dice.uniform(0, _LATEST_SECONDS), lambda: self._tell(provider, number, 1))
        elif self._dice.random() < _PAYS:
            self._later(self._dice.uniform(0, _LATEST_SECONDS), lambda: self._pay(provider, number))

    def _pay(self, provider: str, number: str) -> None:
        (self._providers.wechat if provider == "wechat" else self._providers.alipay).pay(number)
        for _ in range(self._dice.choice((0, 1, 1, 2))):
            self._later(
                self._dice.uniform(0, _LATEST_SECONDS), lambda: self._tell(provider, number, _TELLS_AGAIN)
            )

    def _tell(self, provider: str, number: str, times: int) -> None:
        """Once, and again later where the hall does not say that it has heard."""
        headers, body = self._notice(provider, number)
        try:
            status = httpx.post(
                f"{self._intake}/{provider}", content=body, headers=headers, timeout=3, trust_env=False
            ).status_code
        except httpx.HTTPError:
            status = 0
        if status in (200, 204):
            self.told[provider] += 1
        elif 400 <= status < 500:
            self._tally.surprise("street", f"{provider} told of {number} and was answered {status}")
        elif times > 1:
            self._later(self._dice.uniform(0.3, 2.0), lambda: self._tell(provider, number, times - 1))

    def _notice(self, provider: str, number: str) -> tuple[dict[str, str], bytes]:
        if provider == "wechat":
            return self._providers.wechat.notice(number)
        if provider == "card":
            return self._providers.card.notice(number)
        form = {"content-type": "application/x-www-form-urlencoded"}
        return form, self._providers.alipay.notice(number)
