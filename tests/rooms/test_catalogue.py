"""Offerings and prices in the database: versions are added, what was sold stays."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import Error, transaction

from onehall.contexts.catalogue import api as catalogue
from onehall.contexts.catalogue.models import Offering as OfferingRow
from onehall.contexts.catalogue.models import OfferingPrice, OfferingSale
from onehall.foundation.scopes import NotFound, Scope
from onehall.foundation.values.money import Money
from onehall.foundation.values.text import Text

pytestmark = pytest.mark.django_db
EVERYWHERE = Scope.operator()
START = datetime(2026, 1, 1, tzinfo=UTC)
SUMMER = datetime(2026, 7, 1, tzinfo=UTC)
AUTUMN = datetime(2026, 10, 1, tzinfo=UTC)
SET_UP: Any = {"by": None, "at": START}


def a_product(code: str = "year", **facts: object) -> catalogue.Offering:
    sale = catalogue.Sale(
        "new_broadband", ("identity_document",), ("receipt",), ("new_dwelling_only",), "installation", True
    )
    values: dict[str, object] = {
        "code": code, "kind": catalogue.OfferingKind.BROADBAND, "name": Text("包年", "One year"), "benefits": None,
        "term_months": 12, "down_kbps": 20480, "up_kbps": 4096, "network_profile": "bb", "revenue_account": "2203",
        "price": Money.zero(), "price_version": 0, "price_policy": "", "sources": ("own",), "compounds": (), "sales": (sale,),
    }  # fmt: skip
    return catalogue.Offering(**{**values, **facts})  # type: ignore[arg-type]


def establish(product: catalogue.Offering, *, place: int = 1, valid_to: datetime | None = None) -> None:
    catalogue.establish_offering(offering=product, place=place, valid_from=START, valid_to=valid_to, **SET_UP)


def price(amount: str, since: datetime, code: str = "year") -> catalogue.Price:
    return catalogue.establish_price(code=code, amount=Money.yuan(amount), valid_from=since, **SET_UP)


@pytest.mark.rule("CAT-01")
def test_a_price_change_is_a_new_version_and_the_old_one_stays_readable() -> None:
    establish(a_product())
    assert price("880.00", START).version == 1
    assert price("920.00", SUMMER).version == 2
    before = catalogue.offering("year", at=datetime(2026, 6, 30, tzinfo=UTC), scope=EVERYWHERE)
    after = catalogue.offering("year", at=SUMMER, scope=EVERYWHERE)
    assert (before.price, before.price_version) == (Money.yuan("880"), 1)
    assert (after.price, after.price_version) == (Money.yuan("920"), 2)
    assert [p.amount.text for p in catalogue.prices("year", scope=EVERYWHERE)] == ["880.00", "920.00"]


@pytest.mark.rule("CAT-01")
def test_a_price_in_force_cannot_be_rewritten_nor_one_slipped_in_before_it() -> None:
    establish(a_product())
    price("880.00", START)
    price("920.00", SUMMER)
    assert price("880.00", START).version == 1, "the same price again is no change"
    with pytest.raises(catalogue.OfferingIsFixed):
        price("1.00", START)
    with pytest.raises(catalogue.OfferingIsFixed):
        price("900.00", datetime(2026, 3, 1, tzinfo=UTC))
    assert len(catalogue.prices("year", scope=EVERYWHERE)) == 2


@pytest.mark.rule("CAT-01")
def test_the_database_itself_keeps_prices_and_sold_content() -> None:
    establish(a_product())
    price("880.00", START)
    for attempt in (
        lambda: OfferingPrice.objects.update(price=1),
        lambda: OfferingPrice.objects.all().delete(),
        lambda: OfferingRow.objects.update(down_kbps=1),
    ):
        with pytest.raises(Error), transaction.atomic():
            attempt()
    assert OfferingRow.objects.update(name_zh="改名") == 1


@pytest.mark.rule("CAT-01")
@pytest.mark.parametrize("content", [{"term_months": 6}, {"down_kbps": 1}, {"network_profile": "x"}])
def test_other_content_needs_another_code(content: dict[str, Any]) -> None:
    establish(a_product())
    with pytest.raises(catalogue.OfferingIsFixed) as refused:
        establish(a_product(**content))
    assert refused.value.rule == "CAT-01"
    establish(a_product(code="year-2", **content), place=2)


@pytest.mark.rule("CAT-01")
def test_what_is_no_longer_sold_stays_readable_but_is_not_offered() -> None:
    establish(a_product(), valid_to=AUTUMN)
    price("880.00", START)
    assert [o.code for o in catalogue.offerings(at=SUMMER, scope=EVERYWHERE)] == ["year"]
    assert catalogue.offerings(at=AUTUMN, scope=EVERYWHERE) == []
    with pytest.raises(NotFound):
        catalogue.offering_on_sale("year", at=AUTUMN, scope=EVERYWHERE)
    assert catalogue.offering("year", at=AUTUMN, scope=EVERYWHERE).price == Money.yuan("880")


def test_without_a_price_nothing_is_offered() -> None:
    establish(a_product())
    assert catalogue.offerings(at=SUMMER, scope=EVERYWHERE) == []


@pytest.mark.rule("CAT-10")
def test_an_offering_says_what_its_sale_brings() -> None:
    renewal = catalogue.Sale("renewal", (), ("acceptance",), ("broadband_in_use",), "", False)
    product = a_product()
    establish(replace(product, sales=(*product.sales, renewal)))
    price("880.00", START)
    found = catalogue.offering("year", at=SUMMER, scope=EVERYWHERE)
    new = found.sold_as("new_broadband")
    assert new is not None and (new.work_order, new.follow_up, new.papers) == (
        "installation",
        True,
        ("identity_document",),
    )
    assert found.sold_as("renewal") == renewal
    assert found.sold_as("router_setup") is None
    assert found.businesses == ("new_broadband", "renewal")
    assert [o.code for o in catalogue.offerings(at=SUMMER, business="renewal", scope=EVERYWHERE)] == ["year"]
    assert catalogue.offerings(at=SUMMER, business="router_setup", scope=EVERYWHERE) == []
    establish(product)
    assert catalogue.offering("year", at=SUMMER, scope=EVERYWHERE).sold_as("renewal") is None


@pytest.mark.rule("CAT-10")
def test_a_condition_that_no_rule_stands_behind_is_refused() -> None:
    broken = catalogue.Sale("new_broadband", (), (), ("moon_is_full",), "", False)
    with pytest.raises(catalogue.UnknownEligibility) as refused:
        establish(a_product(sales=(broken,)))
    assert "moon_is_full" in refused.value.sentence("en")
    assert not OfferingRow.objects.exists()


@pytest.mark.rule("FEE-02")
def test_a_fee_has_no_price_of_its_own() -> None:
    establish(a_product("point", price=None, price_policy="fees.additional_point"))
    found = catalogue.offering("point", at=SUMMER, scope=EVERYWHERE)
    assert (found.price, found.price_version, found.price_policy) == (None, 0, "fees.additional_point")


def test_repeating_the_set_up_writes_nothing() -> None:
    establish(a_product())
    rows = list(OfferingSale.objects.values_list("pk", flat=True))
    establish(a_product())
    assert list(OfferingSale.objects.values_list("pk", flat=True)) == rows


@pytest.mark.rule("ADR-03")
def test_a_compound_says_whose_lines_it_offers() -> None:
    catalogue.establish_compound_lines(compound="aa", sources=["own", "partner"], **SET_UP)
    assert catalogue.sources_of("aa", scope=EVERYWHERE) == ("own", "partner")
    assert catalogue.sources_of("bb", scope=EVERYWHERE) == ()


@pytest.mark.rule("ORD-14")
def test_terms_have_versions_and_signed_words_never_change() -> None:
    def terms(version: str, words: str) -> catalogue.Wording:
        return catalogue.Wording("terms", "tea", version, Text("须知", "Terms"), (Text(words, words),))

    catalogue.establish_wording(wording=terms("1", "old"), **SET_UP)
    catalogue.establish_wording(wording=terms("1", "old"), **SET_UP)
    with pytest.raises(catalogue.WordingIsFixed):
        catalogue.establish_wording(wording=terms("1", "reworded"), **SET_UP)
    catalogue.establish_wording(wording=terms("2", "new"), **SET_UP)
    assert catalogue.wording("terms", "tea", scope=EVERYWHERE).version == "2"
    assert catalogue.wording("terms", "tea", version="1", scope=EVERYWHERE).lines == (Text("old", "old"),)
    assert catalogue.wordings("terms", scope=EVERYWHERE)["tea"].version == "2"
    with pytest.raises(NotFound):
        catalogue.wording("script", "tea", scope=EVERYWHERE)
