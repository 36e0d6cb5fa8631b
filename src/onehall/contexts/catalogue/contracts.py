"""What catalogue hands out, and its refusals."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from onehall.foundation.refusals import Refusal
from onehall.foundation.values.money import Money
from onehall.foundation.values.text import Text


class OfferingKind(StrEnum):
    """Kinds of products (CAT-01). A product of a known kind is data; a new kind is code."""

    BROADBAND = "broadband"
    FIXED_LINE = "fixed_line"
    BUNDLE = "bundle"
    MOBILE, GAS = "mobile", "gas"
    ONE_OFF = "one_off"
    VALUE_ADDED, HANDSET, COLLECTION = "value_added", "handset", "collection"


@dataclass(frozen=True, slots=True)
class Sale:
    """What selling an offering as one kind of business (new_broadband, renewal, …) brings along (CAT-10).

    `eligibility` are codes of `rules.ELIGIBILITY`; `work_order` is a kind of work, "" for none.
    """

    business: str
    papers: tuple[str, ...]
    forms: tuple[str, ...]
    eligibility: tuple[str, ...]
    work_order: str
    follow_up: bool


@dataclass(frozen=True, slots=True)
class Offering:
    """An offering as it stands at a moment. `price` is None where a policy sets it; then `price_version` is 0.

    `term_months` 0 is no term; speeds in kbit/s; `sources` and `compounds` empty mean any.
    """

    code: str
    kind: OfferingKind
    name: Text
    benefits: Text | None
    term_months: int
    down_kbps: int
    up_kbps: int
    network_profile: str
    revenue_account: str
    price: Money | None
    price_version: int
    price_policy: str
    sources: tuple[str, ...]
    compounds: tuple[str, ...]
    sales: tuple[Sale, ...]

    def sold_as(self, business: str) -> Sale | None:
        """What it brings when sold as this kind of business; None where it is not sold so."""
        return next((sale for sale in self.sales if sale.business == business), None)

    @property
    def businesses(self) -> tuple[str, ...]:
        """The kinds of business it is sold as; the first is its own."""
        return tuple(sale.business for sale in self.sales)


@dataclass(frozen=True, slots=True)
class Price:
    """One version of an offering's price."""

    version: int
    amount: Money
    valid_from: datetime


@dataclass(frozen=True, slots=True)
class CurrentTerm:
    """What the household has now: the offering's code, its speed, and the end of the paid term."""

    offering: str
    down_kbps: int
    expiry: datetime


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What eligibility is judged by. `source` is whose line the dwelling gets, `compound_sources` those it could get.

    `current` is what the dwelling has; `in_basket` says that the same basket brings it broadband.
    """

    party_kind: str
    compound: str
    source: str
    at: datetime
    compound_sources: tuple[str, ...] = ()
    current: CurrentTerm | None = None
    in_basket: bool = False
    term_starts: datetime | None = None


@dataclass(frozen=True, slots=True)
class Allowed:
    """Nothing speaks against the sale."""


@dataclass(frozen=True, slots=True)
class Denied:
    """A no with its rule, reason and alternative (ORD-05); `code` is the eligibility rule's code."""

    code: str
    rule: str
    reason: Text
    alternative: Text


Verdict = Allowed | Denied


@dataclass(frozen=True, slots=True)
class Wording:
    """Words that go with business: terms (客户须知), a script, a phrase. Terms have versions that never change (ORD-14)."""

    kind: str
    code: str
    version: str
    title: Text
    lines: tuple[Text, ...]

    def filled(self, **facts: Text | str) -> tuple[Text, ...]:
        """The lines with their {places} filled in; what is not known stays a blank to write on."""
        zh = _Blanks({name: fact.zh if isinstance(fact, Text) else fact for name, fact in facts.items()})
        en = _Blanks({name: fact.en if isinstance(fact, Text) else fact for name, fact in facts.items()})
        return tuple(Text(line.zh.format_map(zh), line.en.format_map(en)) for line in self.lines)


class _Blanks(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return "____"


class WordingIsFixed(Refusal):
    """A version of terms that customers may have signed cannot be reworded (ORD-14)."""

    code = "catalogue.wording_is_fixed"
    rule = "ORD-14"
    zh = "{code} 第 {version} 版已经生效，文字不能改动。"
    en = "Version {version} of {code} is in force and its words cannot be changed."
    alternative_zh = "请以新的版本号发布新文字。"
    alternative_en = "Publish the new words under a new version."


class NotEligible(Refusal):
    """The sale is against a rule; carries the verdict's words."""

    code = "catalogue.not_eligible"
    rule = "ORD-05"
    zh = "{reason_zh}（{denied_by}）"
    en = "{reason_en} ({denied_by})"
    alternative_zh = "{instead_zh}"
    alternative_en = "{instead_en}"

    @classmethod
    def because(cls, denied: Denied, *, field: str | None = None) -> "NotEligible":
        """The refusal that says what the verdict says, and names the verdict's rule as its own."""
        refusal = cls(
            field=field, reason_zh=denied.reason.zh, reason_en=denied.reason.en, denied_by=denied.rule,
            instead_zh=denied.alternative.zh, instead_en=denied.alternative.en,
        )  # fmt: skip
        vars(refusal)["rule"] = denied.rule  # this refusal speaks for the rule that decided
        return refusal


class UnknownEligibility(Refusal):
    """A profile names an eligibility code that no rule stands behind."""

    code = "catalogue.unknown_eligibility"
    rule = "CAT-10"
    status = 422
    zh = "产品 {offering} 写了不认识的受理条件“{unknown}”。"
    en = "Offering {offering} names the unknown eligibility rule “{unknown}”."
    alternative_zh = "可用的条件：{known}。"
    alternative_en = "Known rules: {known}."


class OfferingIsFixed(Refusal):
    """What was sold may not change its content afterwards (CAT-01)."""

    code = "catalogue.offering_is_fixed"
    rule = "CAT-01"
    zh = "产品 {offering} 的{what}已经生效，不能改动。"
    en = "The {what_en} of offering {offering} is in force and cannot be changed."
    alternative_zh = "内容不同请另立产品代码；价格不同请增加一个更晚的生效日。"
    alternative_en = (
        "For other content add an offering with a new code; for another price add a later date of validity."
    )
