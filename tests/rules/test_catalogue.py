"""What may be sold to whom and for how much, decided without a database."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onehall.contexts.catalogue.contracts import (
    Allowed,
    Circumstances,
    CurrentTerm,
    Denied,
    NotEligible,
    Offering,
    OfferingKind,
    Sale,
    Wording,
)
from onehall.contexts.catalogue.rules import ELIGIBILITY, judge, unit_price, unknown_codes
from onehall.foundation.policy import PolicyBook
from onehall.foundation.policy.book import Entry, MissingPolicy
from onehall.foundation.values.money import Money
from onehall.foundation.values.text import Text

NOON = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
moments = st.integers(-1000, 1000).map(lambda hours: NOON + timedelta(hours=hours))
speeds = st.sampled_from([4096, 10240, 20480])


def offering(*eligibility: str, down: int = 20480, **facts: object) -> Offering:
    """A yearly broadband sold new and as a renewal under these conditions."""
    sales = tuple(Sale(b, (), (), eligibility, "", False) for b in ("new_broadband", "renewal"))
    values: dict[str, object] = {
        "code": "year", "kind": OfferingKind.BROADBAND, "name": Text("包年", "One year"), "benefits": None,
        "term_months": 12, "down_kbps": down, "up_kbps": 1024, "network_profile": "x", "revenue_account": "1",
        "price": Money.yuan("880"), "price_version": 1, "price_policy": "", "sources": (), "compounds": (), "sales": sales,
    }  # fmt: skip
    return Offering(**{**values, **facts})  # type: ignore[arg-type]


def here(**facts: object) -> Circumstances:
    """A private customer in compound aa on an own line, today at noon."""
    values: dict[str, object] = {"party_kind": "individual", "compound": "aa", "source": "own", "at": NOON}
    return Circumstances(**{**values, **facts})  # type: ignore[arg-type]


def book(**values: int) -> PolicyBook:
    """A policy book with these amounts in fen."""
    entries = {
        key.replace("__", "."): (Entry(1, key.replace("__", "."), 2, None, None, fen, NOON),)
        for key, fen in values.items()
    }
    return PolicyBook(version=1, hall_id=1, region_id=None, at=NOON, entries=entries)


@pytest.mark.rule("CAT-02")
@given(at=moments, expiry=moments, now=speeds, wanted=speeds)
def test_the_speed_changes_at_expiry_and_never_inside_the_paid_term(
    at: datetime, expiry: datetime, now: int, wanted: int
) -> None:
    current = CurrentTerm("old", now, expiry)
    verdict = judge(
        offering("renewal_same_offering_or_expiry", down=wanted), "renewal", here(at=at, current=current)
    )
    assert isinstance(verdict, Allowed) == (wanted == now or at >= expiry)


@pytest.mark.rule("CAT-02")
@given(starts=moments, expiry=moments, now=speeds, wanted=speeds)
def test_where_the_network_switches_with_the_term_another_speed_may_be_paid_early_if_it_starts_at_expiry(
    starts: datetime, expiry: datetime, now: int, wanted: int
) -> None:
    current = CurrentTerm("old", now, expiry)
    circumstances = here(current=current, term_starts=starts)
    verdict = judge(offering("speed_change_at_expiry", down=wanted), "renewal", circumstances)
    assert isinstance(verdict, Allowed) == (wanted == now or starts >= expiry)


@pytest.mark.rule("CAT-02", "ORD-05")
def test_a_no_says_rule_reason_and_what_the_customer_can_do() -> None:
    current = CurrentTerm("old", 4096, NOON + timedelta(days=13))
    verdict = judge(offering("renewal_same_offering_or_expiry"), "renewal", here(current=current))
    assert isinstance(verdict, Denied)
    refusal = NotEligible.because(verdict, field="offering")
    assert refusal.rule == "CAT-02"
    assert "2026-12-05" in refusal.sentence("zh") and "CAT-02" in refusal.sentence("en")
    assert "续费" in refusal.alternative("zh") and "Renew" in refusal.alternative("en")


@pytest.mark.rule("CAT-10")
@pytest.mark.parametrize(
    ("condition", "facts", "circumstances", "allowed"),
    [
        ("compound_served", {"compounds": ("aa", "bb")}, {}, True),
        ("compound_served", {"compounds": ("bb",)}, {}, False),
        ("compound_served", {}, {}, True),
        ("source_offered", {"sources": ("own",)}, {"compound_sources": ("own", "partner")}, True),
        (
            "source_offered",
            {"sources": ("own",)},
            {"source": "partner", "compound_sources": ("own", "partner")},
            False,
        ),
        ("source_offered", {}, {"source": "partner", "compound_sources": ("own",)}, False),
        ("new_dwelling_only", {}, {}, True),
        ("new_dwelling_only", {}, {"current": CurrentTerm("x", 1, NOON)}, False),
        ("new_dwelling_only", {}, {"in_basket": True}, False),
        ("broadband_in_use", {}, {}, False),
        ("broadband_in_use", {}, {"in_basket": True}, True),
        ("broadband_in_use", {}, {"current": CurrentTerm("x", 1, NOON)}, True),
        ("individual_only", {}, {}, True),
        ("individual_only", {}, {"party_kind": "organisation"}, False),
        ("organisation_only", {}, {"party_kind": "organisation"}, True),
        ("organisation_only", {}, {}, False),
    ],
)
def test_each_condition_of_a_sale(
    condition: str, facts: dict[str, Any], circumstances: dict[str, Any], allowed: bool
) -> None:
    verdict = judge(offering(condition, **facts), "new_broadband", here(**circumstances))
    assert isinstance(verdict, Allowed) is allowed
    if isinstance(verdict, Denied):
        assert verdict.code == condition
        assert verdict.rule and verdict.reason.zh and verdict.reason.en and verdict.alternative.zh


@pytest.mark.rule("CAT-10")
def test_the_first_condition_that_fails_decides_and_none_means_allowed() -> None:
    both = offering("broadband_in_use", "organisation_only")
    verdict = judge(both, "renewal", here())
    assert isinstance(verdict, Denied) and verdict.code == "broadband_in_use"
    assert judge(offering(), "renewal", here()) == Allowed()


def test_an_offering_is_not_sold_as_a_business_it_does_not_name() -> None:
    verdict = judge(offering(), "router_setup", here())
    assert isinstance(verdict, Denied) and verdict.code == "sold_as"


def test_every_condition_is_told_from_a_misspelt_one() -> None:
    assert unknown_codes(ELIGIBILITY) == ()
    assert unknown_codes(["broadband_in_use", "broadband_in_us"]) == ("broadband_in_us",)


@pytest.mark.rule("FEE-02")
def test_a_fee_is_what_the_policy_says_and_a_product_costs_its_own_price() -> None:
    point = offering(price=None, price_version=0, price_policy="fees.additional_point")
    assert unit_price(point, book(fees__additional_point=3000)) == Money.yuan("30.00")
    assert unit_price(point, book(fees__additional_point=1250)) == Money.yuan("12.50")
    assert unit_price(offering(), book(fees__additional_point=3000)) == Money.yuan("880.00")
    with pytest.raises(MissingPolicy):
        unit_price(point, book())


def test_a_script_is_filled_in_and_what_is_not_known_stays_a_blank() -> None:
    line = Text("{hall}，{room} 室{business}？", "{hall}, room {room}: {business}?")
    filled = Wording("script", "x", "", Text("回访", "Call"), (line,)).filled(
        hall=Text("甲厅", "Hall A"), room="502"
    )
    assert filled == (Text("甲厅，502 室____？", "Hall A, room 502: ____?"),)
