"""Which papers the services of a basket ask of this customer, and what stands in the way of the payment (ORD-03, LAW-14)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from onehall.contexts.catalogue import api as catalogue
from onehall.contexts.customers import api as customers
from onehall.contexts.orders import api as orders
from onehall.contexts.organisation import api as organisation
from onehall.foundation.documents import forms
from onehall.foundation.policy import PolicyBook
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.values.ids import ItemId, PartyId
from onehall.foundation.values.period import local
from onehall.foundation.values.text import Text
from onehall.steps.papers import head_of
from onehall.steps.sale_papers import name_of

TELEPHONES = frozenset(
    {catalogue.OfferingKind.FIXED_LINE, catalogue.OfferingKind.MOBILE, catalogue.OfferingKind.BUNDLE}
)
"""Kinds that a document must stand behind by law (LAW-14)."""


@dataclass(frozen=True, slots=True)
class Checklist:
    """Every paper that the basket asks for with whether it was shown, and what each line still waits for."""

    papers: tuple[tuple[str, bool], ...]
    waiting: Mapping[ItemId, tuple[str, ...]]

    @property
    def missing(self) -> tuple[str, ...]:
        """Once each, in order."""
        return tuple(paper for paper, shown in self.papers if not shown)


def marked(
    draft: orders.ItemDraft, *, party_id: PartyId, basket_id: int | None, book: PolicyBook, at: datetime, scope: Scope
) -> orders.ItemDraft:  # fmt: skip
    """The priced line with what it waits for; untouched where nothing is missing."""
    missing = customers.papers_missing(
        _due(draft, party_id, book, at, scope),
        customers.papers_shown(party_id, basket_id=basket_id, scope=scope),
    )
    return replace(draft, details={**draft.details, orders.PAPERS: list(missing)}) if missing else draft


def checklist(basket: orders.Basket, *, book: PolicyBook, at: datetime, scope: Scope) -> Checklist:
    """What the basket asks for now, with what has been shown."""
    shown = customers.papers_shown(basket.party_id, basket_id=basket.id, scope=scope)
    due = {item.id: _due(item.draft, basket.party_id, book, at, scope) for item in basket.items}
    every = dict.fromkeys(paper for papers in due.values() for paper in papers)
    waiting = {item: customers.papers_missing(papers, shown) for item, papers in due.items()}
    return Checklist(tuple((paper, paper in shown) for paper in every), waiting)


def check_complete(sold: Iterable[orders.Order | orders.ItemDraft], *, scope: Scope) -> None:
    """Before money is taken: PapersDue names everything that is missing. Costs no query where nothing is."""
    missing = dict.fromkeys(paper for order in sold for paper in order.details.get(orders.PAPERS, ()))
    if missing:
        named = names(missing, scope=scope)
        raise customers.PapersDue(
            missing="、".join(one.zh for one in named), missing_en=", ".join(one.en for one in named)
        )


def tick_off(
    basket: orders.Basket, *, seen: Sequence[str], book: PolicyBook, by: Actor, at: datetime
) -> Checklist:
    """Keeps which of the papers that are asked for were seen, and writes on each line what it still waits for."""
    asked = checklist(basket, book=book, at=at, scope=by.scope)
    here = [paper for paper in asked.missing if paper in seen]
    customers.see_papers(party_id=basket.party_id, basket_id=basket.id, papers=here, by=by, at=at)
    now = checklist(basket, book=book, at=at, scope=by.scope)
    orders.note_missing(basket_id=basket.id, missing=now.waiting, by=by, at=at)
    return now


def slip(basket: orders.Basket, now: Checklist, *, by: Actor, at: datetime) -> forms.MissingPapers:
    """一次告知单: everything that is missing, and what need not be brought again."""
    issuer = organisation.issuer(hall_id=basket.hall_id, counter_id=basket.counter_id, scope=by.scope)
    shown = [paper for paper, seen in now.papers if seen]
    return forms.MissingPapers(
        head=head_of(issuer), customer=customers.card(basket.party_id, scope=by.scope).name,
        services=tuple(item.draft.name for item in basket.items), missing=tuple(names(now.missing, scope=by.scope)),
        shown=tuple(names(shown, scope=by.scope)), clerk=name_of(by), counter=issuer.counter_no, told_at=at,
    )  # fmt: skip


def names(papers: Iterable[str], *, scope: Scope) -> list[Text]:
    """What the profile calls these papers; one without a name is called by its code."""
    known = catalogue.wordings("paper", scope=scope)
    return [known[one].title if one in known else Text(one, one) for one in papers]


def _due(
    draft: orders.ItemDraft, party_id: PartyId, book: PolicyBook, at: datetime, scope: Scope
) -> tuple[str, ...]:
    offering = catalogue.offering(draft.offering, at=at, scope=scope)
    sale = offering.sold_as(draft.business)
    real_name = offering.kind in TELEPHONES
    if sale is None or not (sale.papers or real_name):
        return ()
    who = customers.applicant(party_id, on=local(at).date(), below=book[customers.GUARDIAN_AGE], scope=scope)
    return customers.papers_due(sale.papers, who, real_name=real_name)
