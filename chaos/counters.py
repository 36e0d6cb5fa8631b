"""Clerks whose browsers lose answers: they send the same form again until they are told something definite."""

import http.client
import random
import re
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from chaos.answers import Answer
from chaos.shifts import ShiftTold, end_shift, notes_counted

PATIENCE_SECONDS = 180.0
_TIMEOUT_SECONDS = 12.0
_THINKING_SECONDS = 0.35
_WALKS_AWAY, _PRESSES_TWICE, _VOIDS, _GOES_HOME = 0.04, 0.05, 0.05, 0.04
_CSRF = "a" * 32
_NUMBER = re.compile(r'<b class="num big">([^<]+)</b>')
_PAYMENT = re.compile(r"/desk/payments/(\d+)/void")


@dataclass
class Told:
    """What a counter was told about a basket. `paid` None: no answer ever came; likewise `voided` where `asked_void`."""

    basket: int
    counter: int
    fen: int
    paid: bool | None = None
    number: str = ""
    payment: int = 0
    asked_void: bool = False
    voided: bool | None = None
    attempts: int = 0


@dataclass
class Tally:
    """What all counters heard, together."""

    told: list[Told] = field(default_factory=list)
    shifts: list[ShiftTold] = field(default_factory=list)
    surprises: list[str] = field(default_factory=list)
    lost_answers: int = 0
    gave_up: int = 0
    errors: int = 0
    answered: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


def _words(page: str) -> str:
    """What a refusal says, without its mark-up."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())[-300:]


class Counter(threading.Thread):
    """One clerk with one line of customers, until `stop`."""

    def __init__(
        self, number: int, till: Mapping[str, Any], due: str, port: int, *, seed: int, tally: Tally, stop: threading.Event, manager: str
    ) -> None:  # fmt: skip
        super().__init__(name=f"counter {number}")
        self._number, self._till, self._due, self._port = number, till, due, port
        self._tally, self._stop_selling = tally, stop
        self._dice = random.Random(seed * 1000 + number)
        self._headers = {"Cookie": f"onehall_session={till['token']}; csrftoken={_CSRF}"}
        self._manager = {"Cookie": f"onehall_session={manager}; csrftoken={_CSRF}"}

    def run(self) -> None:
        """Sells until told to stop or nobody stands in line any more."""
        for basket in self._till["baskets"]:
            if self._stop_selling.wait(self._dice.uniform(0, _THINKING_SECONDS)):
                return
            told = Told(basket, self._number, round(float(self._due) * 100))
            with self._tally.lock:
                self._tally.told.append(told)
            try:
                self._sell(told)
                if self._dice.random() < _GOES_HOME:
                    self._end_shift(told)
            except Exception as error:
                self._surprise(told, f"the counter broke down: {error!r}")

    def _sell(self, told: Told) -> None:
        address = f"/desk/baskets/{told.basket}/payment"
        body = {"due": self._due, "means": "cash", "received": self._due}
        answer = self._insist(told, address, body, lambda a: a.status == 303 and "/payment" in a.location)
        if answer is None:
            return
        told.paid = True
        with self._tally.lock:
            self._tally.answered += 1
        page = self._insist(told, answer.location, None, lambda a: a.status == 200)
        if page is None:
            return
        number, payment = _NUMBER.search(page.text), _PAYMENT.search(page.text)
        if not number or not payment:
            self._surprise(told, "the page of the sale shows no receipt")
            return
        told.number, told.payment = number[1], int(payment[1])
        if self._dice.random() < _VOIDS:
            self._void(told)

    def _void(self, told: Told) -> None:
        told.asked_void = True
        body = {"reason": "客户改主意", "copies": "3"}
        address = f"/desk/payments/{told.payment}/void"
        answer = self._insist(told, address, body, lambda a: a.status in (200, 409))
        if answer is not None:
            told.voided = answer.status == 200  # 409: the customer has renewed elsewhere meanwhile

    def _end_shift(self, after: Told) -> None:
        shift = ShiftTold(self._number, notes_counted(self._dice))
        with self._tally.lock:
            self._tally.shifts.append(shift)

        def ask(
            address: str,
            body: Mapping[str, str] | None,
            definite: Callable[[Answer], bool],
            *,
            as_manager: bool = False,
        ) -> Answer | None:
            headers = self._manager if as_manager else self._headers
            return self._insist(after, address, body, definite, headers=headers)

        end_shift(shift, ask, f"营业员{self._number}")

    def _insist(
        self, told: Told, address: str, body: Mapping[str, str] | None, definite: Callable[[Answer], bool],
        *, headers: Mapping[str, str] | None = None,
    ) -> Answer | None:  # fmt: skip
        """The definite answer; None where none came in time, or where this customer walks away before it. With `headers`
        of a colleague nobody walks away.
        """
        form = None
        if body is not None:
            intent = UUID(int=self._dice.getrandbits(128), version=4)
            form = urlencode({"csrfmiddlewaretoken": _CSRF, "intent": str(intent), **body})
            if self._dice.random() < _PRESSES_TWICE:
                threading.Thread(target=self._ask, args=(address, form, headers)).start()
        walks = form and headers is None and self._dice.random() < _WALKS_AWAY
        patience = 0.0 if walks else PATIENCE_SECONDS
        deadline = time.monotonic() + patience
        while True:
            told.attempts += 1
            answer = self._ask(address, form, headers)
            if answer is not None and definite(answer):
                return answer
            if answer is not None and answer.status < http.client.INTERNAL_SERVER_ERROR:
                self._surprise(
                    told, f"{address} answered {answer.status} {answer.location} {_words(answer.text)}"
                )
                return None
            with self._tally.lock:
                self._tally.lost_answers += answer is None
                self._tally.errors += answer is not None
            if time.monotonic() > deadline:
                with self._tally.lock:
                    self._tally.gave_up += bool(patience)
                return None
            time.sleep(self._dice.uniform(0.1, 0.6))

    def _ask(self, address: str, form: str | None, given: Mapping[str, str] | None = None) -> Answer | None:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=_TIMEOUT_SECONDS)
        headers = dict(given or self._headers)
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request("GET" if form is None else "POST", address, body=form, headers=headers)
            answer = connection.getresponse()
            text = answer.read().decode(errors="replace")
            return Answer(answer.status, answer.getheader("Location", "") or "", text)
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()

    def _surprise(self, told: Told, what: str) -> None:
        with self._tally.lock:
            self._tally.surprises.append(f"counter {told.counter}, basket {told.basket}: {what}")
