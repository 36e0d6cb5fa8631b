"""Recharge cards as acquiring's port asks for them. Settings: `PLUGS["acquirer.recharge_card"] = "onehall.adapters.recharge_card.plug.acquirer"`."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx

from onehall.adapters.recharge_card import codec
from onehall.adapters.recharge_card.client import ask
from onehall.adapters.recharge_card.settings import Dealer, read
from onehall.contexts.acquiring.ports import Acquirer, Answer, AnswerRefused, Wanted
from onehall.foundation import signed_json


class RechargeCards:
    """See `contexts.acquiring.ports.Acquirer`. `code` is the card's number and its secret; later questions need neither."""

    thanks = ""

    def __init__(self, dealer: Dealer) -> None:
        self._dealer = dealer
        self._client = httpx.Client(trust_env=False, follow_redirects=False)

    def ask(self, wanted: Wanted, *, seconds: int, at: datetime) -> Answer:
        """Redeems the card over exactly the sum that is on it."""
        card, _, secret = wanted.code.partition(" ")
        return self._asked("redemption", wanted, seconds, serial=card, secret=secret, fen=wanted.amount.fen)

    def query(self, wanted: Wanted, *, seconds: int, at: datetime) -> Answer:
        return self._asked("query", wanted, seconds)

    def close(self, wanted: Wanted, *, seconds: int, at: datetime) -> Answer:
        return self._asked("cancellation", wanted, seconds)

    def refund(self, wanted: Wanted, *, reason: str, seconds: int, at: datetime) -> Answer:
        """The card may be redeemed again: a paper card takes no money, it is restored."""
        return self._asked("restoration", wanted, seconds)

    def hear(self, headers: Mapping[str, str], body: bytes, *, at: datetime) -> tuple[str, Answer]:
        told = signed_json.believed(self._dealer.key, body, headers.get(signed_json.SIGNATURE, ""))
        number = str(told.get("number", ""))
        if not number:
            raise AnswerRefused(why="signature")
        return number, codec.answer(told, number=number)

    def _asked(self, what: str, wanted: Wanted, seconds: int, **told: Any) -> Answer:
        about = {"number": wanted.number, **told}
        return codec.answer(
            ask(self._client, self._dealer, what, about, seconds=seconds), number=wanted.number
        )


def acquirer(provider: str, folder: Path) -> Acquirer | None:
    """The plug, None where no platform is known. Raises BadSettings."""
    dealer = read(folder)
    return RechargeCards(dealer) if dealer and provider == "recharge_card" else None
