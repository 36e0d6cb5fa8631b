"""Who applies, and which papers they have shown (ORD-03)."""

from dataclasses import dataclass
from datetime import date, datetime

from onehall.contexts.customers.contracts import DocumentKind, PartyKind
from onehall.contexts.customers.models import (
    Agent,
    IdentityDocument,
    PaperSeen,
    PaperShown,
    PapersTold,
    Party,
)
from onehall.contexts.customers.queries.people import groups
from onehall.contexts.customers.queries.seeing import seen
from onehall.contexts.customers.rules.checklist import Applicant
from onehall.contexts.customers.rules.documents import needs_guardian
from onehall.contexts.customers.rules.refusals import CustomerNotFound
from onehall.foundation.scopes import Scope


@dataclass(frozen=True, slots=True)
class Told:
    """A slip of missing papers: what was missing, which document it is, when and by whom it was told."""

    missing: tuple[str, ...]
    document_id: int
    at: datetime
    by: str


def applicant(party_id: int, *, on: date, below: int, scope: Scope) -> Applicant:
    """The customer as far as papers go; a minor is younger than `below` on this day (LAW-30). CustomerNotFound."""
    party = Party.objects.filter(pk=party_id).first() if seen(scope) else None
    if party is None:
        raise CustomerNotFound()
    document = IdentityDocument.objects.filter(party_id=party_id).order_by("id").first()
    minor = document is not None and needs_guardian(
        DocumentKind(document.kind), document.number, on=on, below=below
    )
    agent = Agent.objects.filter(party_id=party_id).exists()
    return Applicant(PartyKind(party.kind), minor=minor, agent=agent)


def papers_shown(party_id: int, *, basket_id: int | None, scope: Scope) -> frozenset[str]:
    """What was shown at registration, and what was ticked off for this basket."""
    if not seen(scope):
        return frozenset()
    mine = groups([party_id], scope=scope).get(party_id, [])
    shown = PaperShown.objects.filter(party_id__in=mine).values_list("kind", flat=True)
    ticked = PaperSeen.objects.filter(basket=basket_id).values_list("paper", flat=True) if basket_id else ()
    return frozenset([*shown, *ticked])


def papers_told(basket_id: int, *, scope: Scope) -> list[Told]:
    """The slips given for a basket, newest first."""
    rows = (
        PapersTold.objects.filter(basket=basket_id).order_by("-id")
        if seen(scope)
        else PapersTold.objects.none()
    )
    return [
        Told(tuple(missing), document, at, by)
        for missing, document, at, by in rows.values_list("missing", "document", "at", "by__name")
    ]
