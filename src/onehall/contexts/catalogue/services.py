"""Set-up of the catalogue. Each verb may be repeated: the same data changes nothing."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from onehall.contexts.catalogue import rules
from onehall.contexts.catalogue.contracts import (
    Offering,
    OfferingIsFixed,
    Price,
    Sale,
    UnknownEligibility,
    Wording,
    WordingIsFixed,
)
from onehall.contexts.catalogue.models import CompoundLines, OfferingPrice, OfferingSale, OfferingTelephone
from onehall.contexts.catalogue.models import Offering as OfferingRow
from onehall.contexts.catalogue.models import Wording as WordingRow
from onehall.foundation.database import in_transaction
from onehall.foundation.profiles import establish
from onehall.foundation.scopes import Actor
from onehall.foundation.values.money import Money
from onehall.foundation.values.text import Text

_FIXED = ("kind", "term_months", "down_kbps", "up_kbps", "network_profile")


@in_transaction
def establish_offering(
    *,
    offering: Offering,
    place: int,
    valid_from: datetime,
    valid_to: datetime | None,
    by: Actor | None,
    at: datetime,
) -> None:
    """Adds an offering or corrects it. Its price is `establish_price`'s.

    Raises UnknownEligibility for a code without a rule, OfferingIsFixed where sold content would change (CAT-01).
    """
    _refuse_unknown_conditions(offering)
    _refuse_other_content(offering)
    values = {**_columns(offering), "place": place, "valid_from": valid_from, "valid_to": valid_to}
    row, _ = establish(OfferingRow, key={"code": offering.code}, values=values, stamp={}, at=at)
    _establish_sales(row, offering.sales)


def _columns(offering: Offering) -> dict[str, Any]:
    benefits = offering.benefits or Text("", "")
    return {
        "kind": offering.kind.value, "name_zh": offering.name.zh, "name_en": offering.name.en,
        "benefits_zh": benefits.zh, "benefits_en": benefits.en, "term_months": offering.term_months,
        "down_kbps": offering.down_kbps, "up_kbps": offering.up_kbps, "network_profile": offering.network_profile,
        "revenue_account": offering.revenue_account, "price_policy": offering.price_policy,
        "sources": list(offering.sources), "compounds": list(offering.compounds),
    }  # fmt: skip


def _refuse_unknown_conditions(offering: Offering) -> None:
    unknown = rules.unknown_codes(code for sale in offering.sales for code in sale.eligibility)
    if unknown:
        raise UnknownEligibility(
            offering=offering.code, unknown="、".join(unknown), known="、".join(rules.ELIGIBILITY)
        )


def _refuse_other_content(offering: Offering) -> None:
    stored = OfferingRow.objects.filter(code=offering.code).first()
    if stored is not None and any(getattr(stored, name) != getattr(offering, name) for name in _FIXED):
        raise OfferingIsFixed(
            offering=offering.code, what="内容（类别、期限、速率）", what_en="content (kind, term, speed)"
        )


def _establish_sales(row: OfferingRow, sales: Sequence[Sale]) -> None:
    OfferingSale.objects.filter(offering=row).exclude(business__in=[sale.business for sale in sales]).delete()
    for place, sale in enumerate(sales, start=1):
        values = {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in asdict(sale).items()
            if name != "business"
        }
        stored = OfferingSale.objects.filter(offering=row, business=sale.business, place=place, **values)
        if not stored.exists():
            OfferingSale.objects.update_or_create(
                offering=row, business=sale.business, defaults={"place": place, **values}
            )


@in_transaction
def establish_price(
    *, code: str, amount: Money, valid_from: datetime, by: Actor | None, at: datetime
) -> Price:
    """Adds the price in force from `valid_from`, or finds it there.

    Raises OfferingIsFixed where another price starts at that moment, or a later one is already known (CAT-01).
    """
    row = OfferingRow.objects.select_for_update().get(code=code)
    newest = OfferingPrice.objects.filter(offering=row).order_by("-version").first()
    same = OfferingPrice.objects.filter(offering=row, valid_from=valid_from).first()
    if same is not None and same.price == amount.fen:
        return Price(version=same.version, amount=amount, valid_from=valid_from)
    if same is not None or (newest is not None and newest.valid_from > valid_from):
        raise OfferingIsFixed(
            offering=code,
            what=f" {valid_from:%Y-%m-%d} 起的价格",
            what_en=f"price from {valid_from:%Y-%m-%d}",
        )
    version = newest.version + 1 if newest else 1
    OfferingPrice.objects.create(offering=row, version=version, price=amount.fen, valid_from=valid_from)
    return Price(version=version, amount=amount, valid_from=valid_from)


@in_transaction
def establish_compound_lines(
    *, compound: str, sources: Sequence[str], by: Actor | None, at: datetime
) -> None:
    """Whose lines the compound offers from now on (ADR-03)."""
    establish(CompoundLines, key={"compound": compound}, values={"sources": list(sources)}, stamp={}, at=at)


@in_transaction
def establish_telephone(*, code: str, telephone: rules.Telephone, by: Actor | None, at: datetime) -> None:
    """Says what line an offering brings, once. Raises OfferingIsFixed where it would be another one (CAT-01)."""
    row = OfferingRow.objects.get(code=code)
    values = {
        "plan": telephone.plan, "monthly_credit": telephone.monthly_credit.fen,
        "annual_credit": telephone.annual_credit.fen, "bundled": telephone.bundled, "half_month": telephone.half_month,
    }  # fmt: skip
    stored, _ = OfferingTelephone.objects.get_or_create(offering=row, defaults=values)
    if any(getattr(stored, name) != value for name, value in values.items()):
        raise OfferingIsFixed(offering=code, what="固话资费和赠送话费", what_en="telephone plan and credit")


@in_transaction
def establish_wording(*, wording: Wording, by: Actor | None, at: datetime) -> None:
    """Adds or corrects a wording. Raises WordingIsFixed where a version of terms would read differently (ORD-14)."""
    key = {"kind": wording.kind, "code": wording.code, "version": wording.version}
    lines = [{"zh": line.zh, "en": line.en} for line in wording.lines]
    stored = WordingRow.objects.filter(**key).first()
    if wording.version and stored is not None and stored.lines != lines:
        raise WordingIsFixed(code=wording.code, version=wording.version)
    values = {"title_zh": wording.title.zh, "title_en": wording.title.en, "lines": lines}
    establish(WordingRow, key=key, values=values, stamp={}, at=at)
