"""Correcting particulars of a customer whom the clerk has verified (SEC-05)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Manager

from onehall.contexts.customers.contracts import DocumentKind, PartyKind
from onehall.contexts.customers.models import Agent, Contact, Correction, IdentityDocument, Party
from onehall.contexts.customers.policies import GUARDIAN_AGE
from onehall.contexts.customers.queries import groups, newest_correction, verification_in_force
from onehall.contexts.customers.rules import corrections as rules
from onehall.contexts.customers.rules import documents
from onehall.contexts.customers.rules.names import check_name, search_keys
from onehall.contexts.customers.rules.phones import check_phone, searched_phone
from onehall.contexts.customers.rules.refusals import CustomerNotFound, GuardianNeeded
from onehall.contexts.customers.services.registration import (
    _claim_document,
    _document_hashes,
    _phone_hashes,
)
from onehall.foundation.database import in_transaction
from onehall.foundation.policy import PolicyBook
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import OrderId, PartyId
from onehall.foundation.values.period import local
from onehall.foundation.vault import keyed_hashes

_DIGITS = 18  # structural: what fits into an id


@dataclass(frozen=True, slots=True)
class _Written:
    """A particular that was overwritten: of which record, which row, and what stood there (None: nothing)."""

    party: Party
    target: int | None
    old: str | None
    new: str


@in_transaction
def correct_particulars(
    *, given: rules.CorrectionGiven, order_id: OrderId, book: PolicyBook, by: Actor, at: datetime
) -> tuple[int, ...]:
    """Writes the new values, keeps the old ones encrypted beside them; the ids of what was corrected.

    The caller holds the record (`customer_in_service`). Raises CorrectionNotVerified, CorrectedMeanwhile,
    NothingCorrected, PhoneAlreadyKept, AlreadyRegistered and the refusals of the values themselves.
    """
    _only_who_saw_the_latest(given, by)
    held = verification_in_force(given.party_id, user_id=by.user_id, at=at, scope=by.scope)
    rules.check_evidence(given.changes, held.verification if held else None)
    assert held is not None  # noqa: S101 - check_evidence has refused
    kept: list[int] = []
    for change in given.changes:
        write = _WRITERS.get(change.kind)
        if write is None:
            raise CustomerNotFound(field=change.field)
        done = write(given.party_id, change, book, by, at)
        if done is not None:
            kept.append(_keep(done, change, given, held.id, order_id, by, at))
    if not kept:
        raise rules.NothingCorrected()
    return tuple(kept)


def _only_who_saw_the_latest(given: rules.CorrectionGiven, by: Actor) -> None:
    newest = newest_correction(given.party_id, scope=by.scope)
    if newest is not None and newest.id != given.seen:
        raise rules.CorrectedMeanwhile(by=newest.by, at=f"{local(newest.at):%H:%M}")


def _keep(
    done: _Written, change: rules.Change, given: rules.CorrectionGiven, purpose_id: int, order_id: OrderId, by: Actor,
    at: datetime,
) -> int:  # fmt: skip
    """Who had written the old value: the correction before this one, else whoever registered the record."""
    earlier = Correction.objects.filter(party=done.party, kind=change.kind, target=done.target)
    previous = earlier.order_by("-id").first() if done.old is not None else None
    row = Correction.objects.create(
        party=done.party, kind=change.kind, target=done.target, old=done.old, new=done.new, cause=given.cause,
        previous=previous, entered_by_id=previous.by_id if previous else done.party.by_id,
        entered_at=previous.at if previous else done.party.registered_at, purpose_id=purpose_id, order=order_id,
        hall_id=by.hall_id, at=at, by_id=by.user_id,
    )  # fmt: skip
    return row.pk


def _name(
    party_id: PartyId, change: rules.Change, book: PolicyBook, by: Actor, at: datetime
) -> _Written | None:
    party = Party.objects.get(pk=party_id)
    name = check_name(change.value, field="name")
    if name == party.name:
        return None
    keys = search_keys(name, PartyKind(party.kind))
    Party.objects.filter(pk=party_id).update(
        name=name, name_keys=list(keys.bigrams), initials=keys.initials, name_pinyin=keys.pinyin
    )
    return _Written(party, None, party.name, name)


def _document(
    party_id: PartyId, change: rules.Change, book: PolicyBook, by: Actor, at: datetime
) -> _Written | None:
    """The new number is claimed as a registration claims it, then the row that stood for the old one bears it."""
    row = _row(IdentityDocument.objects, party_id, change, by)
    kind, today = DocumentKind(row.kind), local(at).date()
    number = documents.check_document(kind, change.value, on=today, field=change.field)
    if number == row.number:
        return None
    _check_guardian(party_id, kind, number, book, at)
    claimed = _claim_document(row.party, kind, number, row.valid_until)
    if claimed.pk != row.pk:
        IdentityDocument.objects.filter(pk=claimed.pk).delete()
    IdentityDocument.objects.filter(pk=row.pk).update(number=number, **_document_hashes(number))
    return _Written(row.party, row.pk, row.number, number)


def _phone(
    party_id: PartyId, change: rules.Change, book: PolicyBook, by: Actor, at: datetime
) -> _Written | None:
    added = change.field.endswith(f":{rules.ADDED}")
    row = None if added else _row(Contact.objects, party_id, change, by)
    kind, phone = check_phone(change.value, field=change.field)
    if row is not None and row.phone == phone:
        return None
    party = row.party if row is not None else Party.objects.get(pk=party_id)
    same = Contact.objects.filter(party=party, phone_hash__in=keyed_hashes(searched_phone(phone), "phone"))
    if (same.exclude(pk=row.pk) if row is not None else same).exists():
        raise rules.PhoneAlreadyKept(field=change.field)
    if row is None:
        made = Contact.objects.create(party=party, kind=kind, phone=phone, **_phone_hashes(phone))
        return _Written(party, made.pk, None, phone)
    Contact.objects.filter(pk=row.pk).update(kind=kind, phone=phone, **_phone_hashes(phone))
    return _Written(party, row.pk, row.phone, phone)


def _row(rows: Manager[Any], party_id: PartyId, change: rules.Change, by: Actor) -> Any:
    """The document or telephone that the field names, of this customer alone."""
    number = change.field.partition(":")[2]
    mine = groups([party_id], scope=by.scope).get(party_id, [])
    found = None
    if number.isdecimal() and len(number) <= _DIGITS:
        found = rows.select_related("party").filter(pk=int(number), party_id__in=mine).first()
    if found is None:
        raise CustomerNotFound(field=change.field)
    return found


def _check_guardian(
    party_id: PartyId, kind: DocumentKind, number: str, book: PolicyBook, at: datetime
) -> None:
    """A number of a child needs the guardian on record (LAW-30), also when it comes as a correction."""
    below = book[GUARDIAN_AGE]
    child = documents.needs_guardian(kind, number, on=local(at).date(), below=below)
    if child and not Agent.objects.filter(party_id=party_id).exists():
        raise GuardianNeeded(field="document", age=below)


_Writer = Callable[[PartyId, rules.Change, PolicyBook, Actor, datetime], _Written | None]
_WRITERS: dict[str, _Writer] = {"name": _name, "document": _document, "phone": _phone}
