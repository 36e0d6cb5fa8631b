"""What a telephone line costs and when: bundles, credits, the rule of the 15th, features (CAT-03 … CAT-07)."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onehall.contexts.catalogue import api as catalogue
from onehall.foundation.values.money import Money

NONE = Money.zero()
BUNDLED = catalogue.Telephone("system default billingplan", NONE, NONE, bundled=True, half_month=False)
RENT = catalogue.Telephone("yuezu", NONE, NONE, bundled=False, half_month=False)
UNICOM = catalogue.Telephone("daweitest", NONE, NONE, bundled=False, half_month=True)
PACKAGE = replace(BUNDLED, monthly_credit=Money.yuan("5.00"), annual_credit=Money.yuan("60.00"))
YEAR_END = date(2027, 11, 29)


def fen(most: int) -> st.SearchStrategy[Money]:
    return st.integers(0, most).map(Money)


@pytest.mark.rule("CAT-03", "CHG-05")
def test_a_line_taken_with_broadband_has_no_rent_and_without_it_the_stand_alone_plan() -> None:
    with_it = catalogue.line_terms(BUNDLED, broadband_until=YEAR_END, package=None, stand_alone="yuezu")
    without = catalogue.line_terms(BUNDLED, broadband_until=None, package=None, stand_alone="yuezu")
    assert (with_it.plan, with_it.rent_free) == ("system default billingplan", True)
    assert (without.plan, without.rent_free) == ("yuezu", False)
    alone = catalogue.line_terms(RENT, broadband_until=YEAR_END, package=None, stand_alone="other")
    assert (alone.plan, alone.rent_free) == ("yuezu", False), (
        "what is sold alone pays its rent, broadband or not"
    )


@pytest.mark.rule("CAT-04")
def test_credit_comes_with_the_package_and_the_annual_part_ends_with_the_broadband() -> None:
    terms = catalogue.line_terms(BUNDLED, broadband_until=YEAR_END, package=PACKAGE, stand_alone="yuezu")
    assert (terms.monthly_credit, terms.annual_credit) == (Money.yuan("5.00"), Money.yuan("60.00"))
    assert terms.annual_until == YEAR_END
    gone = catalogue.line_terms(BUNDLED, broadband_until=None, package=PACKAGE, stand_alone="yuezu")
    assert (gone.monthly_credit, gone.annual_credit, gone.annual_until) == (NONE, NONE, None)


@pytest.mark.rule("CAT-03", "CAT-04")
@given(st.booleans(), st.booleans(), st.none() | st.dates(), fen(10_000), fen(100_000))
def test_no_rent_and_no_credit_without_broadband(
    bundled: bool, packaged: bool, until: date | None, monthly: Money, annual: Money
) -> None:
    own = replace(BUNDLED if bundled else RENT, half_month=False)
    package = replace(PACKAGE, monthly_credit=monthly, annual_credit=annual) if packaged else None
    terms = catalogue.line_terms(own, broadband_until=until, package=package, stand_alone="yuezu")
    assert terms.rent_free == (bundled and until is not None)
    assert terms.rent_free or (terms.monthly_credit, terms.annual_credit) == (NONE, NONE)
    assert (terms.annual_until is not None) == bool(terms.annual_credit.fen), (
        "what has no end is no annual credit"
    )


@pytest.mark.rule("CAT-07", "LAW-01")
@pytest.mark.parametrize(("day", "ahead"), [(1, "50.00"), (14, "50.00"), (15, "61.50"), (31, "61.50")])
def test_from_the_15th_on_the_other_half_of_the_month_is_paid_ahead(day: int, ahead: str) -> None:
    month = Money.yuan("23.00")
    paid = catalogue.first_prepayment(
        UNICOM, least=Money.yuan("50.00"), month=month, boundary=15, on=date(2026, 12, day)
    )
    assert paid == Money.yuan(ahead)
    assert catalogue.half_of(month) == Money.yuan("11.50")
    own = catalogue.first_prepayment(
        RENT, least=Money.yuan("50.00"), month=month, boundary=15, on=date(2026, 12, day)
    )
    assert own == Money.yuan("50.00"), "the rule is for the partner's lines alone"


@pytest.mark.rule("CAT-07")
@given(fen(100_000), fen(10_000), st.integers(1, 31), st.dates())
def test_the_charge_of_the_month_and_what_is_paid_ahead_come_to_the_same_on_every_day(
    least: Money, month: Money, boundary: int, on: date
) -> None:
    ahead = catalogue.first_prepayment(UNICOM, least=least, month=month, boundary=boundary, on=on)
    charged = month if on.day < boundary else catalogue.half_of(month)
    assert ahead + charged == least + month


@pytest.mark.rule("CAT-05")
def test_features_are_two_once_each_and_others_are_refused() -> None:
    assert catalogue.features_given(("call_forward", "caller_id", "caller_id")) == (
        "caller_id",
        "call_forward",
    )
    with pytest.raises(catalogue.FeatureUnknown) as refused:
        catalogue.features_given(("caller_id", "voicemail"))
    assert "voicemail" in str(refused.value) and refused.value.field == "features"
