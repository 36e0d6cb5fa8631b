"""Giving levels, naming supervisors, authorising contacts, and checking whoever acts for an organisation (CUS-07)."""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils import timezone

from onehall.contexts.customers.contracts import DocumentGiven, PartyKind, PurposeKind, PurposeStated
from onehall.contexts.customers.models import Acting, Supervision, VipRank
from onehall.contexts.customers.models import AuthorisedContact as Row
from onehall.contexts.customers.queries import groups
from onehall.contexts.customers.queries.standing import (
    _contact,
    acting_now,
    acts_through_contacts,
    is_organisation,
)
from onehall.contexts.customers.rules import documents, standing
from onehall.contexts.customers.rules.names import check_name
from onehall.contexts.customers.rules.not_acting import ContactNeeded, ContactUnknown, OnlyOrganisations
from onehall.contexts.customers.rules.phones import check_phone
from onehall.contexts.customers.rules.refusals import CustomerNotFound
from onehall.contexts.customers.rules.standing import AuthorisedContact, Mandate, VipLevel
from onehall.foundation.database import in_transaction
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import PartyId


@in_transaction
def rank_customer(
    *, party_id: PartyId, level: VipLevel, reason: str, months: int, by: Actor, at: datetime
) -> None:
    """From now on the customer has this level; NONE takes it away. ReasonNeeded."""
    VipRank.objects.create(
        party_id=party_id, level=level, reason=standing.check_reason(reason), at=at,
        until=standing.vip_end(at, months=months), hall_id=by.hall_id, by_id=by.user_id,
    )  # fmt: skip


@in_transaction
def name_supervisor(*, party_id: PartyId, supervisor_id: int, by: Actor, at: datetime) -> None:
    """Who is responsible for the organisation's account from now on. OnlyOrganisations."""
    _check_organisation(party_id, by)
    Supervision.objects.create(
        party_id=party_id, supervisor_id=supervisor_id, at=at, hall_id=by.hall_id, by_id=by.user_id
    )


@in_transaction
def authorise_contact(
    *,
    party_id: PartyId,
    name: str,
    document: DocumentGiven,
    phone: str,
    mandates: Iterable[Mandate],
    until: date | None,
    by: Actor,
    at: datetime,
) -> AuthorisedContact:
    """One who may act for the organisation from now on; an earlier authorisation of the same document ends.

    OnlyOrganisations, BadName, BadDocument, BadPhone, MandateIncomplete with the field at fault.
    """
    _check_organisation(party_id, by)
    today = timezone.localtime(at).date()
    number = documents.check_holder(PartyKind.INDIVIDUAL, document, on=today, field="contact_document")
    may, last = standing.check_mandate(frozenset(mandates), until, on=today)
    kept_name = check_name(name, field="contact_name")
    kept_phone = check_phone(phone, field="contact_phone")[1] if phone.strip() else None
    _end_earlier(party_id, number, by, at)
    row = Row.objects.create(
        party_id=party_id, name=kept_name, document_kind=document.kind, number=number, phone=kept_phone,
        mandates=sorted(may), until=last, at=at, hall_id=by.hall_id, by_id=by.user_id,
    )  # fmt: skip
    return _contact(row)


@in_transaction
def end_authorisation(*, party_id: PartyId, contact_id: int, by: Actor, at: datetime) -> None:
    """The contact acts for the organisation no more; one that ended already stays as it ended. CustomerNotFound."""
    row = _contact_of(party_id, contact_id, by)
    if row is None:
        raise CustomerNotFound(field="contact")
    Row.objects.filter(pk=row.pk, ended_at=None).update(ended_at=at, ended_by_id=by.user_id)


@in_transaction
def check_presence(*, party_id: PartyId, stated: PurposeStated, by: Actor, at: datetime) -> int | None:
    """Who stands at the counter for an organisation that names its contacts: the contact's id; None for anybody else.

    ContactNeeded, ContactUnknown, ContactExpired.
    """
    if stated.kind is not PurposeKind.PRESENT_VERIFIED or not acts_through_contacts(party_id, scope=by.scope):
        return None
    if stated.contact is None:
        raise ContactNeeded(field="contact")
    contact_id, laid_down = stated.contact
    row = _contact_of(party_id, contact_id, by)
    if row is None:
        raise ContactUnknown(field="contact")
    shown = row.number == documents.normal_number(laid_down)
    standing.check_acting(
        _contact(row), shown=shown, wanted=Mandate.INQUIRE, on=timezone.localtime(at).date()
    )
    return row.pk


@in_transaction
def require_mandate(*, party_id: PartyId, wanted: Mandate, by: Actor, at: datetime) -> None:
    """What is done for an organisation that names its contacts is done by one who may. ContactNeeded, ContactExpired, NotAuthorised."""
    if not acts_through_contacts(party_id, scope=by.scope):
        return
    acting = acting_now(party_id, user_id=by.user_id, at=at, scope=by.scope)
    if acting is None:
        raise ContactNeeded()
    standing.check_acting(acting, shown=True, wanted=wanted, on=timezone.localtime(at).date())


@in_transaction
def keep_acting(*, purpose_id: int, contact_id: int) -> None:
    """The purpose rests on this authorisation."""
    Acting.objects.create(purpose_id=purpose_id, contact_id=contact_id)


def _end_earlier(party_id: PartyId, number: str, by: Actor, at: datetime) -> None:
    """The same person has one authorisation at a time."""
    holding = Row.objects.filter(party_id=party_id, ended_at=None)
    same = [row.pk for row in holding if row.number == number]
    holding.filter(pk__in=same).update(ended_at=at, ended_by_id=by.user_id)


def _check_organisation(party_id: PartyId, by: Actor) -> None:
    if not is_organisation(party_id, scope=by.scope):
        raise OnlyOrganisations()


def _contact_of(party_id: PartyId, contact_id: int, by: Actor) -> Row | None:
    mine = groups([party_id], scope=by.scope)[party_id]
    return Row.objects.filter(pk=contact_id, party_id__in=mine).first()
