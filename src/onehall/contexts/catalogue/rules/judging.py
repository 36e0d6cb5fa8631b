"""Pure decisions of catalogue: what it costs, and whether it may be sold."""

from collections.abc import Callable, Iterable

from onehall.contexts.catalogue.contracts import Allowed, Circumstances, Denied, Offering, Sale, Verdict
from onehall.contexts.catalogue.rules import speeds
from onehall.foundation.policy import PolicyBook, declared
from onehall.foundation.values.money import Money
from onehall.foundation.values.text import Text

Eligibility = Callable[[Offering, Circumstances], Verdict]


def unit_price(offering: Offering, book: PolicyBook) -> Money:
    """The price of one: the offering's own version, or the value of the policy it names (FEE-02)."""
    if offering.price is not None:
        return offering.price
    value = book[declared()[offering.price_policy]]
    if not isinstance(value, Money):
        raise TypeError(f"policy {offering.price_policy} is no amount of money")
    return value


def judge(offering: Offering, business: str, circumstances: Circumstances) -> Verdict:
    """Whether the offering may be sold as this business here; the first rule that says no decides (ORD-05)."""
    sale = offering.sold_as(business)
    if sale is None:
        return Denied(
            "sold_as", "CAT-10", Text(f"“{offering.name.zh}”不按这种业务办理。", f"“{offering.name.en}” is not sold this way."),
            Text("请另选产品。", "Please choose another product."),
        )  # fmt: skip
    return next((no for no in _verdicts(offering, sale, circumstances) if isinstance(no, Denied)), Allowed())


def _verdicts(offering: Offering, sale: Sale, circumstances: Circumstances) -> Iterable[Verdict]:
    return (ELIGIBILITY[code](offering, circumstances) for code in sale.eligibility)


def unknown_codes(codes: Iterable[str]) -> tuple[str, ...]:
    """Those that no rule stands behind."""
    return tuple(code for code in codes if code not in ELIGIBILITY)


def _compound_served(offering: Offering, here: Circumstances) -> Verdict:
    if not offering.compounds or here.compound in offering.compounds:
        return Allowed()
    return Denied(
        "compound_served", "ADR-03",
        Text(f"“{offering.name.zh}”不在本小区办理。", f"“{offering.name.en}” is not offered in this compound."),
        Text("请另选本小区开通的产品。", "Please choose a product that is offered in this compound."),
    )  # fmt: skip


def _source_offered(offering: Offering, here: Circumstances) -> Verdict:
    """The line's source must be one the offering runs over and one the compound has (ADR-03)."""
    fits = not offering.sources or here.source in offering.sources
    if fits and (not here.compound_sources or here.source in here.compound_sources):
        return Allowed()
    return Denied(
        "source_offered",
        "ADR-03",
        Text(
            f"这条线路的来源不能在本小区开通“{offering.name.zh}”。",
            f"“{offering.name.en}” cannot run over this line's source here.",
        ),
        Text("请选用本小区提供的线路。", "Please choose a line that the compound offers."),
    )


def _new_dwelling_only(offering: Offering, here: Circumstances) -> Verdict:
    if here.current is None and not here.in_basket:
        return Allowed()
    return Denied(
        "new_dwelling_only", "ADR-07",
        Text("这一户已有在用宽带，账号不能再开一次。", "This dwelling has broadband; its account cannot be given twice."),
        Text("请改办续费；要多接一处请办加信息点。", "Renew it instead, or add a point for another room."),
    )  # fmt: skip


def _broadband_in_use(offering: Offering, here: Circumstances) -> Verdict:
    if here.current is not None or here.in_basket:
        return Allowed()
    return Denied(
        "broadband_in_use", "PAY-01",
        Text("这一户没有宽带。", "This dwelling has no broadband."),
        Text("请先办理新装宽带，可与本项一起受理、一次收款。", "Take new broadband first; both fit into one basket and one payment."),
    )  # fmt: skip


def _only(kind: str, zh: str, en: str, instead: Text) -> Eligibility:
    def judge_kind(offering: Offering, here: Circumstances) -> Verdict:
        if here.party_kind == kind:
            return Allowed()
        reason = Text(f"“{offering.name.zh}”只对{zh}办理。", f"“{offering.name.en}” is sold to {en} only.")
        return Denied(f"{kind}_only", "CUS-01", reason, instead)

    return judge_kind


ELIGIBILITY: dict[str, Eligibility] = {
    "compound_served": _compound_served,
    "source_offered": _source_offered,
    "new_dwelling_only": _new_dwelling_only,
    "broadband_in_use": _broadband_in_use,
    "renewal_same_offering_or_expiry": speeds.renewal_same_offering_or_expiry,
    "speed_change_at_expiry": speeds.speed_change_at_expiry,
    "other_speed": speeds.other_speed,
    "inside_paid_term": speeds.inside_paid_term,
    "individual_only": _only(
        "individual", "个人", "private customers", Text("单位请另选产品。", "Organisations please choose another product.")
    ),
    "organisation_only": _only(
        "organisation", "单位", "organisations",
        Text("个人请另选产品，或由单位凭介绍信、委托书办理。", "Choose another product, or let the organisation apply with its letter and power of attorney."),
    ),
}  # fmt: skip
"""Code → rule. A profile composes them; a new rule is a function here, a new product is not."""
