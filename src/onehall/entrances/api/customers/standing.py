"""Level, supervisor and authorised contacts of a customer (CUS-07)."""

from datetime import date
from typing import Any

from onehall.contexts.customers import api as customers
from onehall.entrances.api.shared.operation import Noun
from onehall.entrances.api.shared.schema import Given, Id, Moment, Sentence, Shown, Word
from onehall.foundation.values.ids import PartyId
from onehall.foundation.values.text import Text
from onehall.foundation.web.requests import Request
from onehall.journeys.authorise_contact import authorise_contact
from onehall.journeys.end_authorisation import end_authorisation
from onehall.journeys.name_supervisor import name_supervisor
from onehall.journeys.rank_customer import rank_customer

noun = Noun(Text("大客户", "Key accounts"))


class Level(Shown):
    """A level that holds, why, and until when."""

    level: customers.VipLevel
    reason: str
    until: Moment


class ContactShown(Shown):
    """Who may act for the organisation; the document is masked."""

    id: int
    name: str
    document_masked: str
    mandates: list[customers.Mandate]
    until: date
    ended_at: Moment | None


class Standing(Shown):
    """All of it; `supervisor_id` is the user responsible for the account."""

    vip: Level | None
    supervisor_id: int | None
    contacts: list[ContactShown]


class LevelGiven(Given):
    """A level with its reason; `none` takes it away."""

    level: customers.VipLevel
    reason: Sentence


class SupervisorGiven(Given):
    """The user who is responsible from now on."""

    supervisor_id: Id


class ContactGiven(Given):
    """From the sealed power of attorney."""

    name: Word
    document_kind: customers.DocumentKind
    document: Word
    phone: Word = ""
    mandates: list[customers.Mandate]
    until: date


def _standing(request: Request, party_id: int) -> dict[str, Any]:
    found = customers.standing(party_id, at=request.at, scope=request.actor.scope)
    contacts = [
        ContactShown.model_validate({**_plain(one), "mandates": sorted(one.mandates)})
        for one in found.contacts
    ]
    return {"vip": found.vip, "supervisor_id": found.supervisor and found.supervisor[0], "contacts": contacts}


def _plain(one: customers.AuthorisedContact) -> dict[str, Any]:
    return {name: getattr(one, name) for name in ("id", "name", "document_masked", "until", "ended_at")}


@noun.operation(
    "GET", "/customers/{int:party_id}/standing", permission="customer.open", words=Text("级别、客户经理、联系人", "Level, supervisor, contacts"), shows=Standing
)  # fmt: skip
def standing(request: Request, party_id: int) -> Any:
    customers.card(party_id, scope=request.actor.scope)
    return _standing(request, party_id)


@noun.operation(
    "POST", "/customers/{int:party_id}/standing/level", permission="customer.rank", words=Text("定级别", "Give a level"), shows=Standing
)  # fmt: skip
def rank(request: Request, party_id: int, given: LevelGiven) -> Any:
    rank_customer(
        party_id=PartyId(party_id), level=given.level, reason=given.reason, by=request.actor, at=request.at
    )
    return _standing(request, party_id)


@noun.operation(
    "POST", "/customers/{int:party_id}/standing/supervisor", permission="customer.rank", words=Text("指定客户经理", "Name the supervisor"), shows=Standing
)  # fmt: skip
def supervise(request: Request, party_id: int, given: SupervisorGiven) -> Any:
    name_supervisor(
        party_id=PartyId(party_id), supervisor_id=given.supervisor_id, by=request.actor, at=request.at
    )
    return _standing(request, party_id)


@noun.operation(
    "POST", "/customers/{int:party_id}/standing/contacts", permission="contact.authorise", words=Text("登记授权联系人", "Authorise a contact"), shows=Standing, status=201
)  # fmt: skip
def authorise(request: Request, party_id: int, given: ContactGiven) -> Any:
    authorise_contact(
        party_id=PartyId(party_id), name=given.name, document=customers.DocumentGiven(given.document_kind, given.document),
        phone=given.phone, mandates=given.mandates, until=given.until, by=request.actor, at=request.at,
    )  # fmt: skip
    return _standing(request, party_id)


@noun.operation(
    "POST", "/customers/{int:party_id}/standing/contacts/{int:contact_id}/end", permission="contact.authorise", words=Text("撤销授权", "End an authorisation"), shows=Standing
)  # fmt: skip
def end(request: Request, party_id: int, contact_id: int) -> Any:
    end_authorisation(party_id=PartyId(party_id), contact_id=contact_id, by=request.actor, at=request.at)
    return _standing(request, party_id)
