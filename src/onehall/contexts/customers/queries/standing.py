"""Reads of who a customer is to the hall, and who acts for an organisation (CUS-07)."""

from collections.abc import Sequence
from datetime import datetime

from onehall.contexts.customers.models import Acting, Party, Supervision, VipRank
from onehall.contexts.customers.models import AuthorisedContact as Row
from onehall.contexts.customers.queries.people import groups
from onehall.contexts.customers.queries.seeing import seen
from onehall.contexts.customers.rules.masking import mask_document
from onehall.contexts.customers.rules.standing import (
    AuthorisedContact,
    Mandate,
    Precedence,
    Standing,
    Vip,
    VipLevel,
    precedence,
)
from onehall.foundation.scopes import Scope
from onehall.foundation.values.ids import PartyId, UserId


def vips(party_ids: Sequence[int], *, at: datetime, scope: Scope) -> dict[PartyId, Vip]:
    """The level that holds, of those who have one; one query however many they are."""
    rows = VipRank.objects.filter(party_id__in=party_ids) if seen(scope) else VipRank.objects.none()
    newest = rows.order_by("party_id", "-id").distinct("party_id")
    named = newest.values("party_id", "level", "reason", "by__name", "at", "until")
    return {
        PartyId(row["party_id"]): Vip(
            VipLevel(row["level"]), row["reason"], row["by__name"], row["at"], row["until"]
        )
        for row in named
        if row["level"] != VipLevel.NONE and at < row["until"]
    }


def standing(party_id: int, *, at: datetime, scope: Scope) -> Standing:
    """Level, supervisor and contacts of a customer and everything merged into the record; contacts that ended come last."""
    mine = groups([party_id], scope=scope)[PartyId(party_id)]
    levels = vips(mine, at=at, scope=scope)
    latest = Supervision.objects.filter(party_id__in=mine).order_by("-id")
    named = latest.values_list("supervisor_id", "supervisor__name").first()
    rows = Row.objects.filter(party_id__in=mine).order_by("ended_at", "until", "id")
    known = [_contact(row) for row in rows] if seen(scope) else []
    return Standing(
        vip=max(levels.values(), key=lambda one: one.at, default=None),
        supervisor=(UserId(named[0]), named[1]) if named else None,
        contacts=tuple(sorted(known, key=lambda one: not one.holds(at.date()))),
    )


def precedences(party_ids: Sequence[int], *, at: datetime, scope: Scope) -> dict[int, Precedence]:
    """How far ahead each of these stands where customers wait (ORD-16); a level of any merged record counts."""
    found = groups(party_ids, scope=scope)
    everybody = [one for members in found.values() for one in members]
    levels = {party: vip.level for party, vip in vips(everybody, at=at, scope=scope).items()}
    firms = set(Party.objects.filter(pk__in=everybody, kind="organisation").values_list("pk", flat=True))
    order = list(VipLevel)
    return {
        party: precedence(
            max((levels.get(one, VipLevel.NONE) for one in members), key=order.index, default=VipLevel.NONE),
            organisation=not firms.isdisjoint(members),
        )
        for party, members in found.items()
    }


def acts_through_contacts(party_id: int, *, scope: Scope) -> bool:
    """Whether the organisation has ever named who may act for it: from then on nobody else does."""
    mine = groups([party_id], scope=scope)[PartyId(party_id)]
    return Row.objects.filter(party_id__in=mine).exists()


def acting_now(party_id: int, *, user_id: int, at: datetime, scope: Scope) -> AuthorisedContact | None:
    """The contact whose document this person has checked, while that purpose is in force."""
    mine = groups([party_id], scope=scope)[PartyId(party_id)]
    found = Acting.objects.filter(
        purpose__party_id__in=mine, purpose__by_id=user_id, purpose__stated_at__lte=at, purpose__valid_until__gt=at,
        purpose__closing=None,
    )  # fmt: skip
    row = found.select_related("contact").order_by("-purpose_id").first()
    return _contact(row.contact) if row else None


def is_organisation(party_id: int, *, scope: Scope) -> bool:
    """Whether the customer is an organisation."""
    return seen(scope) and Party.objects.filter(pk=party_id, kind="organisation").exists()


def _contact(row: Row) -> AuthorisedContact:
    """A contact as it crosses the door."""
    return AuthorisedContact(
        id=row.pk, party_id=PartyId(row.party_id), name=row.name, document_masked=mask_document(row.number),
        mandates=frozenset(Mandate(one) for one in row.mandates), until=row.until, ended_at=row.ended_at,
    )  # fmt: skip
