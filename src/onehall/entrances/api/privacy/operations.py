"""What a customer may ask about their own data: consents, who looked, a copy, deletion. Verified first (LAW-30, SEC-02)."""

from typing import Any

from onehall.contexts.customers import api as customers
from onehall.contexts.organisation import api as organisation
from onehall.entrances.api.shared.operation import Noun
from onehall.entrances.api.shared.schema import Given, Moment, Number, Shown
from onehall.foundation.scopes import Scope
from onehall.foundation.values.ids import PartyId
from onehall.foundation.values.period import local
from onehall.foundation.values.text import Text
from onehall.foundation.web.requests import Request
from onehall.journeys.ask_deletion import ask_deletion
from onehall.journeys.give_copy import give_copy
from onehall.journeys.record_consent import record_consent
from onehall.readings.own_data import Rows, gathered, looks

noun = Noun(Text("个人信息权利", "Rights over personal data"))
_SERVE: dict[str, Any] = {"permission": "privacy.serve"}


class Consent(Shown):
    """The word of the customer that holds, of one kind."""

    kind: customers.ConsentKind
    version: str
    given: bool
    guardian: bool
    at: Moment


class ConsentGiven(Given):
    """One word of the customer: given or taken back."""

    kind: customers.ConsentKind
    given: bool
    guardian: bool = False


class CopyLine(Shown):
    """A label, often a time, and what it says."""

    label: str
    words: str


class Copy(Shown):
    """All that is held about the customer, in clear: for them alone."""

    made: str
    particulars: dict[str, Any]
    parts: dict[str, list[CopyLine]]


class Deletion(Shown):
    """A request for deletion: refused by `obstacles`, certified by `code`, or waiting for the manager."""

    id: int
    at: Moment
    obstacles: list[str]
    code: str


@noun.operation("GET", "/customers/{int:party_id}/consents", words=Text("客户同意过的", "What the customer agreed to"), shows=list[Consent], **_SERVE)  # fmt: skip
def consents(request: Request, party_id: Number) -> Any:
    root, _ = _verified(request, party_id)
    return list(customers.consents(root, scope=request.actor.scope).values())


@noun.operation("POST", "/customers/{int:party_id}/consents", words=Text("记下同意或撤回", "Keep a consent or its withdrawal"), shows=list[Consent], **_SERVE)  # fmt: skip
def consent(request: Request, party_id: Number, given: ConsentGiven) -> Any:
    root, _ = _verified(request, party_id)
    record_consent(
        party_id=root, kind=given.kind, given=given.given, guardian=given.guardian, by=request.actor, at=request.at
    )  # fmt: skip
    return list(customers.consents(root, scope=request.actor.scope).values())


@noun.operation("GET", "/customers/{int:party_id}/looks", words=Text("谁看过客户的资料", "Who looked at the customer's data"), shows=list[CopyLine], **_SERVE)  # fmt: skip
def looked(request: Request, party_id: Number) -> Any:
    root, _ = _verified(request, party_id)
    return _lines(looks(root, scope=Scope.operator(), lang=request.lang))


@noun.operation("POST", "/customers/{int:party_id}/copy", words=Text("给客户资料副本", "Hand the customer a copy of their data"), shows=Copy, **_SERVE)  # fmt: skip
def copy(request: Request, party_id: Number) -> Any:
    by = request.actor
    root, purpose = _verified(request, party_id)
    particulars = give_copy(party_id=root, kind="json", by=by, at=request.at)
    parts = gathered(root, particulars, purpose=purpose, scope=by.scope, lang=request.lang)
    hall = organisation.hall(by.hall_id, scope=by.scope).name.in_(request.lang)
    made = f"{hall} · {by.name} {by.staff_no} · {local(request.at):%Y-%m-%d %H:%M}"
    shown = {name: _lines(rows) for name, rows in parts.items()}
    return {"made": made, "particulars": dict(particulars), "parts": shown}


@noun.operation("POST", "/customers/{int:party_id}/deletion-requests", words=Text("客户要求删除资料", "The customer asks for deletion"), shows=Deletion, **_SERVE)  # fmt: skip
def deletion(request: Request, party_id: Number) -> Any:
    root, _ = _verified(request, party_id)
    return ask_deletion(party_id=root, by=request.actor, at=request.at)


def _verified(request: Request, party_id: int) -> tuple[PartyId, customers.Purpose]:
    """The record that stands for the customer, whom this person verified just now. CustomerNotFound, PurposeNeeded."""
    by = request.actor
    customers.card(party_id, scope=by.scope)
    root = PartyId(customers.root(party_id, scope=by.scope))
    purpose = customers.verification_in_force(root, user_id=by.user_id, at=request.at, scope=by.scope)
    if purpose is None:
        raise customers.PurposeNeeded()
    return root, purpose


def _lines(rows: Rows) -> list[dict[str, str]]:
    return [{"label": label, "words": words} for label, words in rows]
