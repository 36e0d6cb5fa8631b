"""A line of the basket as it is written down, whatever the business."""

from datetime import datetime
from typing import Any

from onehall.contexts.catalogue import api as catalogue
from onehall.contexts.orders import api as orders
from onehall.contexts.subscriptions import api as subscriptions
from onehall.foundation.values.ids import PremisesId
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import Period, local
from onehall.foundation.values.text import Text
from onehall.steps.household import Situation

NEW_BROADBAND = "new_broadband"
SUSPENSION = "suspension"


WITH_PHONES = "phones"
"""An item says so where telephone lines stand beside the broadband that it is about (CAT-03)."""


def network(offering: catalogue.Offering) -> dict[str, Any]:
    """What the network is told of an offering."""
    return {
        "term_months": offering.term_months,
        "down_kbps": offering.down_kbps,
        "up_kbps": offering.up_kbps,
        "network_profile": offering.network_profile,
    }


def drafted(
    situation: Situation,
    offering: catalogue.Offering,
    business: str,
    amount: Money,
    details: dict[str, Any],
    rules: tuple[str, ...],
    *,
    quantity: int = 1,
    period: Period | None = None,
    name: Text | None = None,
    dwelling_id: PremisesId | None = None,
) -> orders.ItemDraft:
    """The priced item, with what its sale brings along (CAT-10); what is done to a line bears the line's serial (ORD-07)."""
    sale = offering.sold_as(business)
    line: dict[str, Any] = {"serial": situation.live.serial} if situation.live else {}
    line |= {WITH_PHONES: True} if situation.phones else {}
    brought = {"work_order": sale.work_order, "follow_up": sale.follow_up} if sale else {}
    return orders.ItemDraft(
        business=business, offering=offering.code, price_version=offering.price_version, name=name or offering.name,
        quantity=quantity, amount=amount, revenue_account=offering.revenue_account, period=period,
        dwelling_id=dwelling_id or situation.home.id, subscription_id=situation.live.id if situation.live else None, rules=rules,
        details={**details, **line, **brought, "compound": situation.home.compound},
    )  # fmt: skip


def next_term(situation: Situation, offering: catalogue.Offering) -> subscriptions.TermDates:
    """The term that follows what is paid; a suspension in the same basket comes first and makes that end later (CHG-03)."""
    assert situation.live is not None and situation.live.terms  # noqa: S101 - a live subscription has a term
    last = situation.live.terms[-1]
    expiry, anchor = last.period.end, last.anchor_day
    rests = situation.chosen(SUSPENSION)
    if rests is not None:
        expiry = datetime.fromisoformat(rests.details["expiry"])
        anchor = local(expiry).day
    return subscriptions.renewal(
        expiry=expiry, anchor_day=anchor, paid=situation.at, months=offering.term_months
    )


def current_term(situation: Situation) -> catalogue.CurrentTerm | None:
    """The broadband that the household has, or takes in the same basket."""
    if situation.live is not None and situation.last_offering is not None and situation.live.expires_at:
        offering = situation.last_offering
        return catalogue.CurrentTerm(offering.code, offering.down_kbps, local(situation.live.expires_at))
    for item in situation.in_basket:
        if item.business == NEW_BROADBAND and item.dwelling_id == situation.home.id and item.period:
            return catalogue.CurrentTerm(item.offering, item.details["down_kbps"], local(item.period.end))
    return None
