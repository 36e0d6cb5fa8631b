"""What an offering says of a telephone line: its plan, its credit, whether it has a rent (CAT-03 … CAT-07)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from onehall.foundation.refusals import Refusal
from onehall.foundation.values.money import Money
from onehall.foundation.values.text import Text

FEATURES: Mapping[str, Text] = {
    "caller_id": Text("来电显示", "Caller ID display"),
    "call_forward": Text("呼叫转移", "Call forward unconditional"),
}
"""Features of a line by code (CAT-05)."""


@dataclass(frozen=True, slots=True)
class Telephone:
    """The telephone part of an offering: of a fixed line, or of the line that goes with a bundle.

    `bundled` is sold along with broadband only and has no rent while that lasts; credits are given by month, and by year
    until the broadband expires; `half_month` is sold by the rule of the 15th (CAT-07).
    """

    plan: str
    monthly_credit: Money
    annual_credit: Money
    bundled: bool
    half_month: bool


@dataclass(frozen=True, slots=True)
class LineTerms:
    """On what terms a line runs: plan, rent or none, credit of each month, credit that lapses on the day `annual_until`."""

    plan: str
    rent_free: bool
    monthly_credit: Money
    annual_credit: Money
    annual_until: date | None


class FeatureUnknown(Refusal):
    """A feature that no line has."""

    code = "catalogue.feature_unknown"
    rule = "CAT-05"
    status = 400
    zh = "固话没有“{feature}”这项功能。"
    en = "A telephone line has no feature “{feature}”."
    alternative_zh = "可选：来电显示、呼叫转移。"
    alternative_en = "Choose caller ID display or call forward."


def features_given(codes: tuple[str, ...]) -> tuple[str, ...]:
    """Each feature once, in one order. Raises FeatureUnknown."""
    for code in codes:
        if code not in FEATURES:
            raise FeatureUnknown(field="features", feature=code[:20])
    return tuple(code for code in FEATURES if code in codes)


def line_terms(
    own: Telephone, *, broadband_until: date | None, package: Telephone | None, stand_alone: str
) -> LineTerms:
    """CAT-03, CAT-04: no rent while the dwelling's broadband lasts; without it the plan that stands alone, and no credit.

    `broadband_until` is the last day that is paid, None where there is no broadband; `package` is the telephone part of
    what is paid there, where it is a bundle.
    """
    if broadband_until is None:
        plan = stand_alone if own.bundled else own.plan
        return LineTerms(
            plan, rent_free=False, monthly_credit=Money.zero(), annual_credit=Money.zero(), annual_until=None
        )
    if not own.bundled:
        return LineTerms(
            own.plan,
            rent_free=False,
            monthly_credit=Money.zero(),
            annual_credit=Money.zero(),
            annual_until=None,
        )
    given = package or own
    until = broadband_until if given.annual_credit.fen else None
    return LineTerms(own.plan, True, given.monthly_credit, given.annual_credit, until)


def first_prepayment(own: Telephone, *, least: Money, month: Money, boundary: int, on: date) -> Money:
    """CAT-07: what is paid ahead at least when the line is sold. From the boundary day on the month costs half, and the
    other half is paid ahead."""
    if not own.half_month or on.day < boundary:
        return least
    return least + (month - half_of(month))


def half_of(month: Money) -> Money:
    """Half a month's charge; an odd fen is the customer's."""
    return Money(month.fen // 2)
