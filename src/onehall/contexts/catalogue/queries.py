"""Reads of catalogue. Offerings belong to the operator: every scope sees them, those of the past included."""

from datetime import datetime
from typing import Any

from onehall.contexts.catalogue.contracts import Offering, OfferingKind, Price, Sale, Wording
from onehall.contexts.catalogue.models import CompoundLines, OfferingTelephone
from onehall.contexts.catalogue.models import Wording as WordingRow
from onehall.contexts.catalogue.rules import Telephone
from onehall.foundation.database import fetch_all
from onehall.foundation.scopes import NotFound, Scope
from onehall.foundation.values.money import Money
from onehall.foundation.values.text import Text

_OFFERINGS = """
    select o.*, p.version, p.price,
           (select coalesce(jsonb_agg(s order by s.place), '[]') from catalogue_offeringsale s
            where s.offering_id = o.id) as sales
    from catalogue_offering o
    left join lateral (select version, price from catalogue_offeringprice
                       where offering_id = o.id and valid_from <= %(at)s
                       order by valid_from desc limit 1) p on true
    where (%(code)s::text is null or o.code = %(code)s)
      and (%(any_time)s or (o.valid_from <= %(at)s and (o.valid_to is null or o.valid_to > %(at)s)))
      and (p.version is not null or o.price_policy <> '')
    order by o.place, o.code
"""


def offering(code: str, *, at: datetime, scope: Scope) -> Offering:
    """The offering with the price in force at `at`, on sale or not (what was sold stays readable); NotFound if it never was."""
    del scope  # the catalogue belongs to the operator
    rows = _read(code=code, at=at, any_time=True)
    if not rows:
        raise NotFound(what=f"产品 {code}", what_en=f"Offering {code}")
    return rows[0]


def offering_on_sale(code: str, *, at: datetime, scope: Scope) -> Offering:
    """The offering if it is on sale at `at`, else NotFound."""
    del scope  # the catalogue belongs to the operator
    rows = _read(code=code, at=at, any_time=False)
    if not rows:
        raise NotFound(what=f"在售产品 {code}", what_en=f"Offering {code} on sale")
    return rows[0]


def offerings(
    *, at: datetime, scope: Scope, kind: str | None = None, business: str | None = None
) -> list[Offering]:
    """What is on sale at `at` in the profile's order, narrowed by kind and by the business it is sold as; one query."""
    del scope  # the catalogue belongs to the operator
    found = _read(code=None, at=at, any_time=False)
    return [one for one in found if kind in (None, one.kind) and (business is None or one.sold_as(business))]


def offerings_ever(*, at: datetime, scope: Scope) -> list[Offering]:
    """Everything that was ever sold, with the price in force at `at`: registers name products of the past, too."""
    del scope  # the catalogue belongs to the operator
    return _read(code=None, at=at, any_time=True)


def telephones(*, scope: Scope) -> dict[str, Telephone]:
    """The telephone parts of offerings, on sale or not, by the offering's code."""
    del scope  # the catalogue belongs to the operator
    return {row.offering.code: row.as_part() for row in OfferingTelephone.objects.select_related("offering")}


def prices(code: str, *, scope: Scope) -> list[Price]:
    """Every version of an offering's price, oldest first (CAT-01)."""
    del scope  # the catalogue belongs to the operator
    rows = fetch_all(
        "select p.version, p.price, p.valid_from from catalogue_offeringprice p"
        " join catalogue_offering o on o.id = p.offering_id where o.code = %(code)s order by p.version",
        {"code": code},
    )
    return [Price(row["version"], Money(row["price"]), row["valid_from"]) for row in rows]


def sources_of(compound: str, *, scope: Scope) -> tuple[str, ...]:
    """Whose lines the compound offers, its own first; none for a compound that is not served (ADR-03)."""
    del scope  # the catalogue belongs to the operator
    row = CompoundLines.objects.filter(compound=compound).first()
    return tuple(row.sources) if row is not None else ()


def wording(kind: str, code: str, *, scope: Scope, version: str | None = None) -> Wording:
    """Terms, a script or a phrase; of terms the newest version, or the one that was signed (ORD-14). NotFound if missing."""
    del scope  # words belong to the operator
    rows = WordingRow.objects.filter(kind=kind, code=code).order_by("-pk")
    row = (rows if version is None else rows.filter(version=version)).first()
    if row is None:
        raise NotFound(what=f"文本 {code}", what_en=f"The wording {code}")
    return _wording(row)


def wordings(kind: str, *, scope: Scope) -> dict[str, Wording]:
    """Every wording of a kind by code, of terms the newest version."""
    del scope  # words belong to the operator
    return {row.code: _wording(row) for row in WordingRow.objects.filter(kind=kind).order_by("pk")}


def _wording(row: WordingRow) -> Wording:
    lines = tuple(Text(line["zh"], line["en"]) for line in row.lines)
    return Wording(row.kind, row.code, row.version, Text(row.title_zh, row.title_en), lines)


def _read(*, code: str | None, at: datetime, any_time: bool) -> list[Offering]:
    return [_offering(row) for row in fetch_all(_OFFERINGS, {"code": code, "at": at, "any_time": any_time})]


def _offering(row: dict[str, Any]) -> Offering:
    return Offering(
        code=row["code"],
        kind=OfferingKind(row["kind"]),
        name=Text(row["name_zh"], row["name_en"]),
        benefits=Text(row["benefits_zh"], row["benefits_en"]) if row["benefits_zh"] else None,
        term_months=row["term_months"],
        down_kbps=row["down_kbps"],
        up_kbps=row["up_kbps"],
        network_profile=row["network_profile"],
        revenue_account=row["revenue_account"],
        price=None if row["price_policy"] else Money(row["price"]),
        price_version=0 if row["price_policy"] else row["version"],
        price_policy=row["price_policy"],
        sources=tuple(row["sources"]),
        compounds=tuple(row["compounds"]),
        sales=tuple(_sale(sale) for sale in row["sales"]),
    )


def _sale(row: dict[str, Any]) -> Sale:
    return Sale(
        business=row["business"],
        papers=tuple(row["papers"]),
        forms=tuple(row["forms"]),
        eligibility=tuple(row["eligibility"]),
        work_order=row["work_order"],
        follow_up=row["follow_up"],
    )
