"""Customers that come with a register: many at once, each with the document and telephone that the register holds."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from onehall.contexts.customers.contracts import ContactKind, DocumentKind, PartyKind
from onehall.contexts.customers.models import Contact, IdentityDocument, Party
from onehall.contexts.customers.rules.names import search_keys
from onehall.contexts.customers.rules.takeover import CustomerTakenOver
from onehall.foundation.database import copy_in, delete_rows, in_batches, in_transaction, new_ids
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import PartyId
from onehall.foundation.vault import hasher

_PARTY = (
    "id", "kind", "name", "name_keys", "initials", "name_pinyin", "registered_hall_id", "registered_at", "by_id",
)  # fmt: skip
_DOCUMENT = ("party_id", "kind", "number", "number_hash", "last4_hash")
_ENDINGS = 11_000  # structural: ten thousand endings, and a thousand with an X
_CONTACT = ("party_id", "kind", "phone", "phone_hash", "last4_hash")


@in_transaction
def take_over_customers(
    *, given: Sequence[CustomerTakenOver], by: Actor, at: datetime
) -> tuple[PartyId, ...]:
    """Registers people by their resident ID, a party each, in order. Papers are not claimed to have been shown.

    The caller has asked `parties_by_document` before; a document that somebody registers meanwhile is an IntegrityError.
    """
    ids = new_ids(Party, len(given))
    people = list(zip(ids, given, strict=True))
    of_document, of_phone = _hashes("document"), _hashes("phone")
    copy_in(Party, _PARTY, (_party(party_id, one, by, at) for party_id, one in people))
    copy_in(
        IdentityDocument,
        _DOCUMENT,
        (
            (party_id, str(DocumentKind.RESIDENT_ID), one.document, *of_document(one.document))
            for party_id, one in people
        ),
    )
    phones = ((party_id, phone) for party_id, one in people for phone in dict.fromkeys(one.mobiles))
    copy_in(
        Contact,
        _CONTACT,
        ((party_id, str(ContactKind.MOBILE), phone, *of_phone(phone)) for party_id, phone in phones),
    )
    return tuple(PartyId(party_id) for party_id in ids)


def _party(party_id: int, one: CustomerTakenOver, by: Actor, at: datetime) -> tuple[Any, ...]:
    keys = search_keys(one.name, PartyKind.INDIVIDUAL)
    named = (one.name, list(keys.bigrams), keys.initials, keys.pinyin)
    return (party_id, str(PartyKind.INDIVIDUAL), *named, one.hall_id, at, by.user_id)


@in_transaction
def add_mobiles(*, mobiles: Sequence[tuple[PartyId, str]]) -> None:
    """Further telephones of customers that came with the same register; one they have already stays as it is."""
    of_phone = _hashes("phone")
    contacts = (
        Contact(
            party_id=party_id, kind=ContactKind.MOBILE, phone=phone,
            **dict(zip(("phone_hash", "last4_hash"), of_phone(phone), strict=True)),
        )
        for party_id, phone in mobiles
    )  # fmt: skip
    Contact.objects.bulk_create(contacts, ignore_conflicts=True)


@in_transaction
def withdraw_customers(*, party_ids: Sequence[PartyId]) -> None:
    """Takes back customers that came with a register; the database refuses where anything refers to them."""
    for some in in_batches(party_ids):
        delete_rows(Contact.objects.filter(party_id__any_of=some))
        delete_rows(IdentityDocument.objects.filter(party_id__any_of=some))
        delete_rows(Party.objects.filter(pk__any_of=some))


def _hashes(purpose: str) -> Callable[[str], tuple[bytes, bytes]]:
    """A number → the hashes of all of it and of its last four places."""
    whole, last4 = hasher(purpose), lru_cache(maxsize=_ENDINGS)(hasher(f"{purpose}.last4"))
    return lambda number: (whole(number), last4(number[-4:]))
