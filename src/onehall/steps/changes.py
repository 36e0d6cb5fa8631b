"""Changes in a line's life as items of a basket: another speed, another dwelling, a rest (CAT-02, CHG-03, CHG-04)."""

from datetime import datetime
from typing import Any

from onehall.contexts.catalogue import api as catalogue
from onehall.contexts.orders import api as orders
from onehall.contexts.subscriptions import api as subscriptions
from onehall.foundation.policy import PolicyBook
from onehall.foundation.refusals import Refusal
from onehall.foundation.values.period import local
from onehall.foundation.values.text import Text
from onehall.steps.drafts import SUSPENSION, drafted, network, next_term
from onehall.steps.household import MOVE, Situation

SPEED_CHANGE = "speed_change"


class ChooseFirst(Refusal):
    """What stands in the basket was priced without this change, which goes before it."""

    code = "orders.choose_first"
    rule = "ORD-01"
    zh = "“{what}”要在“{other}”之前选。"
    en = "“{what_en}” is chosen before “{other_en}”."
    alternative_zh = "请先去掉“{other}”，选好“{what}”后再加回来；可以同一张受理单办。"
    alternative_en = (
        "Remove “{other_en}”, choose “{what_en}”, then add the other again: one basket holds both."
    )


class OneTermOnly(Refusal):
    """The basket extends the line already."""

    code = "orders.one_term_only"
    rule = "ORD-06"
    zh = "受理单里已有“{other}”，一张受理单里一条线路只续一期。"
    en = "“{other_en}” is in the basket: one basket extends a line by one term."
    alternative_zh = "请先去掉它再选，或收款后再办下一期。"
    alternative_en = "Remove it first, or take the payment and then do the next term."


class NoLine(Refusal):
    """A change of a line that does not exist yet."""

    code = "orders.no_line"
    rule = "PAY-01"
    zh = "这一户没有在用的宽带，没有可以变更的。"
    en = "This dwelling has no broadband that could be changed."
    alternative_zh = "请先办理新装宽带。"
    alternative_en = "Take new broadband first."


class WhereTo(Refusal):
    """A move without an address."""

    code = "orders.where_to"
    rule = "CHG-04"
    status = 400
    zh = "请写明移到哪一户。"
    en = "Say to which dwelling the line is moved."
    alternative_zh = "写小区内的楼号、单元、房号，例如 5-1-302。"
    alternative_en = "Give building, unit and room in the compound, such as 5-1-302."


def speed_change(situation: Situation, offering: catalogue.Offering, quantity: int) -> orders.ItemDraft:
    """到期改速率: the next term, paid now, at another speed from the old expiry on (CAT-02)."""
    live = _renewable(situation)
    one_term_only(situation, "renewal")
    return drafted(
        situation, offering, SPEED_CHANGE, catalogue.unit_price(offering, situation.book),
        {**network(offering), "account": live.account_name}, ("CAT-02", "CHG-01"),
        period=next_term(situation, offering).period,
    )  # fmt: skip


def one_term_only(situation: Situation, other: str) -> None:
    """Raises OneTermOnly where the basket extends the line by the `other` business."""
    chosen = situation.chosen(other)
    if chosen is not None:
        raise OneTermOnly(other=chosen.name.zh, other_en=chosen.name.en)


def move(situation: Situation, offering: catalogue.Offering, quantity: int) -> orders.ItemDraft:
    """移机 to the situation's target; without one, what it would cost. A bundle's fixed line moves along (FEE-01)."""
    live, target = _live(situation), situation.target
    _comes_first(situation, offering, ("additional_point", "router_setup"))
    subscriptions.check_move(
        account=live.account_name, given=_given(situation), paid_until=_paid_until(situation, live), ending=live.ending,
        open_work=situation.open_work, at=situation.at,
    )  # fmt: skip
    fee = catalogue.unit_price(offering, situation.book)
    if situation.live_offering and situation.live_offering.kind is catalogue.OfferingKind.BUNDLE:
        fee += situation.book[catalogue.MOVE_FIXED_LINE]
    details: dict[str, Any] = {"account": live.account_name}
    name = offering.name
    if target is not None:
        details |= {"to": target.home.id, "to_account": target.account, "source": target.source}
        way = f"{live.account_name} → {target.account}"
        name = Text(f"{name.zh} {way}", f"{name.en} {way}")
    return drafted(situation, offering, MOVE, fee, details, ("CHG-04", "FEE-01"), name=name)


def suspension(situation: Situation, offering: catalogue.Offering, quantity: int) -> orders.ItemDraft:
    """停机保号 for the offering's months; its name says when what is paid ends then (CHG-03)."""
    live = _live(situation)
    _comes_first(situation, offering, ("renewal", SPEED_CHANGE))
    decision = subscriptions.decide_suspension(
        account=live.account_name, terms=live.terms, bundles=situation.bundles, ending=live.ending, resting=live.resting,
        months=offering.term_months, limits=suspension_limits(situation.book), at=situation.at,
        show_hint=situation.book[subscriptions.NO_REFUND_HINT],
    )  # fmt: skip
    until = f"{local(decision.expires_at):%Y-%m-%d}"
    name = Text(f"{offering.name.zh}，到期顺延至 {until}", f"{offering.name.en}, paid until {until} then")
    details = {
        "account": live.account_name, "months": offering.term_months,
        "bundles": sorted(situation.bundles), "expiry": decision.expires_at.isoformat(),
    }  # fmt: skip
    rules = ("CHG-03", "LAW-07") if decision.hint else ("CHG-03",)
    return drafted(
        situation, offering, SUSPENSION, catalogue.unit_price(offering, situation.book), details, rules,
        period=decision.pause, name=name,
    )  # fmt: skip


def suspension_limits(book: PolicyBook) -> subscriptions.SuspensionLimits:
    """The operator's numbers in one value (CHG-03)."""
    return subscriptions.SuspensionLimits(
        months=tuple(int(one) for one in book[subscriptions.SUSPENSION_MONTHS]),
        annual_months=book[subscriptions.BINDING_MONTHS],
        more_than_months=book[subscriptions.SUSPENSION_LEFT],
    )


def _live(situation: Situation) -> subscriptions.Subscription:
    if situation.live is None:
        raise NoLine()
    return situation.live


def _renewable(situation: Situation) -> subscriptions.Subscription:
    live = _live(situation)
    if live.ending is not None:
        ends_at = local(live.ending.effective_at)
        raise subscriptions.NotRenewable.because(account=live.account_name, ends_at=ends_at, ended=False)
    return live


def _comes_first(situation: Situation, offering: catalogue.Offering, others: tuple[str, ...]) -> None:
    for one in situation.in_basket:
        if one.business in others and one.dwelling_id == situation.home.id:
            raise ChooseFirst(
                what=offering.name.zh, what_en=offering.name.en, other=one.name.zh, other_en=one.name.en
            )


def _paid_until(situation: Situation, live: subscriptions.Subscription) -> datetime | None:
    """With what the same basket renews."""
    ends = [live.expires_at] if live.expires_at else []
    ends += [one.period.end for one in situation.in_basket if one.business == "renewal" and one.period]
    return max(ends, default=None)


def _given(situation: Situation) -> subscriptions.MoveGiven | None:
    target, home = situation.target, situation.home
    if target is None:
        return None
    return subscriptions.MoveGiven(
        from_dwelling=home.id, from_compound=home.compound, to_dwelling=target.home.id,
        to_compound=target.home.compound, to_label=target.home.label, taken=target.taken,
    )  # fmt: skip
