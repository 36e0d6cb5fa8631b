"""A browser that loses answers: the same form is sent again, with the same intent, until there is something definite."""

import http.client
import random
import re
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from urllib.parse import urlencode
from uuid import UUID

from chaos.answers import Answer
from chaos.told import Tally

PATIENCE_SECONDS = 180.0
_TIMEOUT_SECONDS = 12.0
_FIRST_PAUSE_SECONDS, _LONGEST_PAUSE_SECONDS, _SLOWER = 0.1, 1.5, 1.6
_WALKS_AWAY, _PRESSES_TWICE = 0.04, 0.05
_CSRF = "a" * 32
_BOUNDARY = "chaos-boundary"

Definite = Callable[[Answer], bool]


def moved(answer: Answer) -> bool:
    """Sent on: done."""
    return answer.status == http.client.SEE_OTHER


def moved_or_refused(answer: Answer) -> bool:
    """Done, or refused in words."""
    return answer.status in (http.client.SEE_OTHER, http.client.CONFLICT)


def shown(answer: Answer) -> bool:
    """A page."""
    return answer.status == http.client.OK


def words(page: str) -> str:
    """What a refusal says, without its mark-up."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())[-300:]


class Browser:
    """One person signed in, whose dice decide who presses twice and who walks away."""

    def __init__(self, who: str, token: str, port: int, *, dice: random.Random, tally: Tally) -> None:
        self.who = who
        self.dice, self._tally, self._port = dice, tally, port
        self._headers = {"Cookie": f"onehall_session={token}; csrftoken={_CSRF}"}
        self.attempts = 0

    def see(self, address: str) -> Answer | None:
        """A page, asked for until it comes."""
        return self.insist(address, None, shown)

    def send(
        self, address: str, body: Mapping[str, str], definite: Definite = moved_or_refused, *, walks: bool = False
    ) -> Answer | None:  # fmt: skip
        """A form, with an intent of its own. With `walks` the customer may walk away before the answer."""
        form = urlencode({"csrfmiddlewaretoken": _CSRF, "intent": str(self.new_intent()), **body})
        return self.insist(
            address, form, definite, patience=0.0 if walks and self.dice.random() < _WALKS_AWAY else None
        )

    def send_payment(
        self, address: str, body: Mapping[str, str], charges: Sequence[int], *, intent: str, walks: bool
    ) -> Answer | None:
        """A payment with the charges that it uses, under the page's intent where it gave one."""
        fields = [("csrfmiddlewaretoken", _CSRF), ("intent", intent or str(self.new_intent())), *body.items()]
        fields += [("charge", str(one)) for one in charges]
        patience = 0.0 if walks and self.dice.random() < _WALKS_AWAY else None
        return self.insist(address, urlencode(fields), moved_or_refused, patience=patience)

    def send_file(self, address: str, name: str, content: str, definite: Definite = moved) -> Answer | None:
        """A form with a file."""
        fields = {"csrfmiddlewaretoken": _CSRF, "intent": str(self.new_intent())}
        parts = [f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{text}\r\n' for key, text in fields.items()]  # fmt: skip
        parts.append(f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\nContent-Type: text/csv\r\n\r\n{content}\r\n--{_BOUNDARY}--\r\n')  # fmt: skip
        return self.insist(
            address, "".join(parts), definite, kind=f"multipart/form-data; boundary={_BOUNDARY}"
        )

    def new_intent(self) -> UUID:
        """A key for one form."""
        return UUID(int=self.dice.getrandbits(128), version=4)

    def insist(
        self, address: str, form: str | None, definite: Definite, *, patience: float | None = None, kind: str = ""
    ) -> Answer | None:  # fmt: skip
        """The definite answer; None where none came in time. Whatever else is answered below 500 is a surprise."""
        headers = dict(self._headers)
        if form is not None:
            headers["Content-Type"] = kind or "application/x-www-form-urlencoded"
            if self.dice.random() < _PRESSES_TWICE:
                threading.Thread(target=self._ask, args=(address, form, headers)).start()
        deadline = time.monotonic() + (PATIENCE_SECONDS if patience is None else patience)
        pause = _FIRST_PAUSE_SECONDS
        while True:
            self.attempts += 1
            answer = self._ask(address, form, headers)
            if answer is not None and definite(answer):
                with self._tally.lock:
                    self._tally.heard += form is not None
                return answer
            if answer is not None and answer.status < http.client.INTERNAL_SERVER_ERROR:
                self._tally.surprise(
                    self.who, f"{address} answered {answer.status} {answer.location} {words(answer.text)}"
                )
                return None
            self._tally.unclear(answer)
            if time.monotonic() > deadline:
                with self._tally.lock:
                    self._tally.gave_up += patience is None
                return None
            time.sleep(self.dice.uniform(0.5, 1.0) * pause)
            pause = min(_LONGEST_PAUSE_SECONDS, pause * _SLOWER)

    def _ask(self, address: str, form: str | None, headers: Mapping[str, str]) -> Answer | None:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=_TIMEOUT_SECONDS)
        try:
            connection.request(
                "GET" if form is None else "POST",
                address,
                body=form and form.encode(),
                headers=dict(headers),
            )
            answer = connection.getresponse()
            text = answer.read().decode(errors="replace")
            return Answer(answer.status, answer.getheader("Location", "") or "", text)
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()
