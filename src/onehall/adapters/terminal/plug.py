"""Terminals as acquiring's port asks for them. Settings: `PLUGS["acquirer.card"] = "onehall.adapters.terminal.plug.acquirer"`."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import httpx

from onehall.adapters.terminal import bill as bills_of
from onehall.adapters.terminal import codec
from onehall.adapters.terminal.client import ask, fetch
from onehall.adapters.terminal.settings import Merchant, read
from onehall.contexts.acquiring.ports import Acquirer, Answer, AnswerRefused, Said, Wanted, Way
from onehall.contexts.clearing.ports import BillSource, File
from onehall.foundation import signed_json
from onehall.foundation.values.period import local


class Terminals:
    """See `contexts.acquiring.ports.Acquirer`. Of a slip that was typed it knows nothing."""

    thanks = ""

    def __init__(self, merchant: Merchant) -> None:
        self._merchant = merchant
        self._client = httpx.Client(trust_env=False, follow_redirects=False)

    def ask(self, wanted: Wanted, *, seconds: int, at: datetime) -> Answer:
        """The customer holds the card to the counter's terminal; who takes long is waited for by later questions."""
        terminal = self._merchant.terminals.get(wanted.desk)
        if terminal is None or not self._merchant.url:
            return Answer(Said.FAILED, why="这个台席没有接通POS机 / no terminal is connected at this counter")
        return self._asked("sale", wanted, seconds, terminal=terminal, fen=wanted.amount.fen)

    def query(self, wanted: Wanted, *, seconds: int, at: datetime) -> Answer:
        return self._asked("query", wanted, seconds)

    def close(self, wanted: Wanted, *, seconds: int, at: datetime) -> Answer:
        return self._asked("cancel", wanted, seconds)

    def refund(self, wanted: Wanted, *, reason: str, seconds: int, at: datetime) -> Answer:
        return self._asked("refund", wanted, seconds, fen=wanted.amount.fen)

    def hear(self, headers: Mapping[str, str], body: bytes, *, at: datetime) -> tuple[str, Answer]:
        told = signed_json.believed(self._merchant.key, body, headers.get(signed_json.SIGNATURE, ""))
        number = str(told.get("number", ""))
        if not number:
            raise AnswerRefused(why="signature")
        return number, codec.answer(told, number=number)

    def bill(self, day: date, *, seconds: int, at: datetime) -> File | None:
        """See `contexts.clearing.ports.BillSource`."""
        content = (
            fetch(self._client, self._merchant, f"{day}", seconds=seconds) if self._merchant.url else None
        )
        return self._read(content, day, at) if content is not None else None

    def read(self, content: bytes, *, at: datetime) -> File:
        return self._read(content, None, at)

    def _read(self, content: bytes, day: date | None, at: datetime) -> File:
        return bills_of.read(content, merchant=self._merchant.merchant, day=day, today=local(at).date())

    def _asked(self, what: str, wanted: Wanted, seconds: int, **told: Any) -> Answer:
        if wanted.way is Way.SLIP or not self._merchant.url:
            return Answer(Said.UNKNOWN)
        about = {"number": wanted.number, **told}
        return codec.answer(
            ask(self._client, self._merchant, what, about, seconds=seconds), number=wanted.number
        )


def acquirer(provider: str, folder: Path) -> Acquirer | None:
    """The plug, None where no acquirer of cards is known. Raises BadSettings."""
    return _connected(provider, folder)


def bills(provider: str, folder: Path) -> BillSource | None:
    """The plug of daily files: as `acquirer`. Settings: `PLUGS["bills.card"] = "onehall.adapters.terminal.plug.bills"`."""
    return _connected(provider, folder)


def _connected(provider: str, folder: Path) -> Terminals | None:
    merchant = read(folder)
    return Terminals(merchant) if merchant and provider == "card" else None
