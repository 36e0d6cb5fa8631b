"""A programme at the API: a token issued for somebody of the cast, and requests as it would send them."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.test import Client
from django.utils.timezone import now

from onehall.contexts.organisation.models import Counter, Hall
from onehall.foundation.identity.contracts import TokenIssued, TokenWanted
from onehall.foundation.identity.tokens import scopes_possible
from onehall.foundation.values.ids import CounterId, HallId
from onehall.journeys.issue_token import issue_token
from tests.cast import mobile, resident_id

V1 = "/api/v1"


def issued(
    staff_no: str,
    *,
    hall: str = "xinyuan",
    counter: str | None = None,
    scopes: tuple[str, ...] = (),
    days: int = 30,
    at: datetime | None = None,
) -> TokenIssued:
    """A token of this person with everything they may do, or with `scopes`."""
    hall_id = HallId(Hall.objects.get(code=hall).pk)
    seat = CounterId(Counter.objects.get(hall_id=hall_id, no=counter).pk) if counter else None
    possible = scopes_possible(staff_no=staff_no, hall_id=hall_id)
    wanted = TokenWanted(f"程序 {staff_no}", staff_no, hall_id, seat, scopes or possible, days)
    return issue_token(wanted=wanted, by=None, at=at or now())


@dataclass
class Answer:
    """What came back."""

    status: int
    type: str
    headers: Any
    content: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.content)

    def good(self) -> Any:
        """The body of a request that must have been done."""
        assert self.status in (200, 201), (self.status, self.content.decode())
        return self.json


@dataclass
class Programme:
    """Asks with a token; `lang` is its Accept-Language."""

    token: str
    lang: str = "zh-CN"
    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))

    @classmethod
    def of(cls, staff_no: str, **where: Any) -> "Programme":
        """A programme that acts for this person."""
        return cls(issued(staff_no, **where).token)

    def ask(
        self, method: str, path: str, body: Any = None, *, key: UUID | str | None = None, raw: bytes | None = None, type: str = "application/json"
    ) -> Answer:  # fmt: skip
        headers = {"Authorization": f"Bearer {self.token}", "Accept-Language": self.lang}
        if key is not None:
            headers["Idempotency-Key"] = str(key)
        data = raw if raw is not None else (json.dumps(body).encode() if body is not None else b"")
        address = path if path.startswith("/api") else V1 + path
        answer = self.client.generic(method, address, data, content_type=type, headers=headers)
        return Answer(
            answer.status_code, answer.headers.get("Content-Type", ""), answer.headers, answer.content
        )

    def get(self, path: str) -> Answer:
        return self.ask("GET", path)

    def post(self, path: str, body: Any = None, key: UUID | str | None = None) -> Answer:
        return self.ask("POST", path, body, key=key)

    def do(self, path: str, body: Any = None) -> Any:
        """Posts with a key of its own; it must be done."""
        return self.post(path, body, key=uuid4()).good()


def customer(name: str = "王建国") -> dict[str, Any]:
    """What is taken down of a customer, with an invented document of their own."""
    return {
        "kind": "individual",
        "name": name,
        "document": {"kind": "resident_id", "number": resident_id()},
        "phones": [mobile()],
        "papers": [{"kind": "identity_document", "original": True, "copied": True}],
        "agreed": {"version": "2026-01", "notice": True, "sensitive": True},
    }


def float_500() -> dict[str, Any]:
    """The float as it should be."""
    return {"counted": [{"fen": 10000, "pieces": 4}, {"fen": 1000, "pieces": 10}]}
