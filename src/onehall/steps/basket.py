"""What may go into a basket, at which price and with what effect: shared by every sale and by the desk that shows it.

A business that cannot be done here is shown with the rule that says so and what can be done instead (ORD-05).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from onehall.contexts.catalogue import api as catalogue
from onehall.contexts.numbers import api as numbers
from onehall.contexts.orders import api as orders
from onehall.contexts.subscriptions import api as subscriptions
from onehall.foundation.policy import PolicyBook
from onehall.foundation.refusals import Refusal
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.values.ids import BasketId, ItemId, PremisesId
from onehall.foundation.values.period import local
from onehall.steps.changes import (
    MOVE,
    SPEED_CHANGE,
    SUSPENSION,
    move,
    one_term_only,
    speed_change,
    suspension,
)
from onehall.steps.drafts import NEW_BROADBAND, current_term, drafted, network, next_term
from onehall.steps.household import BROADBAND, Situation
from onehall.steps.telephone import (
    NEW_FIXED_LINE,
    TELEPHONE_POINT,
    new_fixed_line,
    number_claim,
    source_wanted,
    telephone_point,
)
from onehall.steps.telephone_changes import (
    LINE_FEATURES,
    LINE_MOVE,
    LINE_NUMBER,
    LINE_PLAN,
    LINE_RESUMPTION,
    LINE_SUSPENSION,
    line_features,
    line_move,
    line_number,
    line_plan,
    line_resumption,
    line_suspension,
    new_number_claim,
)

RENEWAL = "renewal"
ADDITIONAL_POINT = "additional_point"
ROUTER_SETUP = "router_setup"

BRING_A_TERM = (NEW_BROADBAND, RENEWAL, SPEED_CHANGE)
"""Businesses of which every order brings one paid term."""

BY_NUMBER = frozenset({ADDITIONAL_POINT, ROUTER_SETUP, TELEPHONE_POINT})
"""Businesses of which a household may take several at once."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to do for this household: a priced item, or the refusal that greys it out."""

    business: str
    offering: catalogue.Offering
    draft: orders.ItemDraft | None
    refusal: Refusal | None


def choices(*, situation: Situation, scope: Scope) -> tuple[Choice, ...]:
    """Everything on sale, business by business, each with its price or with the reason why not here and now."""
    return tuple(
        _choice(situation, offering, business)
        for offering in catalogue.offerings(at=situation.at, scope=scope)
        for business in offering.businesses
        if business in _DRAFTS
    )


def _choice(situation: Situation, offering: catalogue.Offering, business: str) -> Choice:
    try:
        return Choice(
            business, offering, price(situation=situation, offering=offering, business=business), None
        )
    except Refusal as refusal:
        return Choice(business, offering, None, refusal)


def price(
    *, situation: Situation, offering: catalogue.Offering, business: str, quantity: int = 1
) -> orders.ItemDraft:
    """The item as it would stand in the basket. Raises NotEligible, ItemRepeated, NumberTaken, NotRenewable, NotMovable,
    NotSuspendable, ChooseFirst."""
    here = (situation.home.id, situation.works_at)
    if any(item.business == business and item.dwelling_id in here for item in situation.in_basket):
        raise orders.ItemRepeated(name=offering.name.zh, name_en=offering.name.en)
    verdict = catalogue.judge(offering, business, _circumstances(situation, offering, business))
    if isinstance(verdict, catalogue.Denied):
        raise catalogue.NotEligible.because(verdict)
    return _DRAFTS[business](situation, offering, quantity)


def _circumstances(
    situation: Situation, offering: catalogue.Offering, business: str
) -> catalogue.Circumstances:
    starts = None
    if business in (RENEWAL, SPEED_CHANGE) and business in offering.businesses and situation.live is not None:
        starts = next_term(situation, offering).period.start
    return catalogue.Circumstances(
        party_kind=situation.party_kind,
        compound=situation.home.compound,
        source=source_wanted(situation, offering) if business == NEW_FIXED_LINE else situation.source,
        at=situation.at,
        compound_sources=situation.compound_sources,
        current=current_term(situation),
        term_starts=starts,
    )


def _new_broadband(situation: Situation, offering: catalogue.Offering, quantity: int) -> orders.ItemDraft:
    holder = situation.name_holder
    mine = situation.basket_id is not None and holder.basket_id == situation.basket_id
    if not numbers.may_take(holder.state, same_basket=mine):
        raise numbers.NumberTaken(number=situation.account, state=holder.state, until=holder.until)
    start = subscriptions.first_term_start(
        accepted=situation.at, delay_days=situation.book[subscriptions.START_DELAY]
    )
    dates = subscriptions.first_term(start=start, months=offering.term_months)
    details = {**network(offering), "account": situation.account, "source": situation.source}
    details["serial_prefix"] = numbers.serial_prefix(compound_code=situation.home.compound, kind=BROADBAND)
    return drafted(
        situation,
        offering,
        NEW_BROADBAND,
        catalogue.unit_price(offering, situation.book),
        details,
        ("ADR-02", "ORD-07", "ORD-09"),
        period=dates.period,
    )


def _renewal(situation: Situation, offering: catalogue.Offering, quantity: int) -> orders.ItemDraft:
    live = situation.live
    if live is None or live.ending is not None:
        ends_at = local(live.ending.effective_at) if live and live.ending else None
        raise subscriptions.NotRenewable.because(
            account=situation.account, ends_at=ends_at, ended=live is None
        )
    one_term_only(situation, SPEED_CHANGE)
    other_speed = situation.live_offering and situation.live_offering.down_kbps != offering.down_kbps
    return drafted(
        situation,
        offering,
        RENEWAL,
        catalogue.unit_price(offering, situation.book),
        {**network(offering), "account": live.account_name},
        ("CHG-01", "CAT-02") if other_speed else ("CHG-01",),
        period=next_term(situation, offering).period,
    )


def _additional_point(situation: Situation, offering: catalogue.Offering, quantity: int) -> orders.ItemDraft:
    included = situation.book[subscriptions.INCLUDED_POINTS]
    charged = subscriptions.points_to_charge(
        existing=included + situation.extra_points, requested=quantity, included=included
    )
    return drafted(
        situation,
        offering,
        ADDITIONAL_POINT,
        catalogue.unit_price(offering, situation.book) * charged,
        {"account": _account_there(situation), "points": BROADBAND},
        ("ADR-06", "FEE-02"),
        quantity=quantity,
        dwelling_id=situation.works_at,
    )


def _router_setup(situation: Situation, offering: catalogue.Offering, quantity: int) -> orders.ItemDraft:
    return drafted(
        situation,
        offering,
        ROUTER_SETUP,
        catalogue.unit_price(offering, situation.book) * quantity,
        {"account": _account_there(situation)},
        ("FEE-02",),
        quantity=quantity,
        dwelling_id=situation.works_at,
    )


def _account_there(situation: Situation) -> str:
    """The name the line has when the visit comes."""
    moved = situation.chosen(MOVE)
    return str(moved.details["to_account"]) if moved else situation.account


_DRAFTS: dict[str, Callable[[Situation, catalogue.Offering, int], orders.ItemDraft]] = {
    NEW_BROADBAND: _new_broadband,
    RENEWAL: _renewal,
    ADDITIONAL_POINT: _additional_point,
    ROUTER_SETUP: _router_setup,
    SPEED_CHANGE: speed_change,
    MOVE: move,
    SUSPENSION: suspension,
    NEW_FIXED_LINE: new_fixed_line,
    TELEPHONE_POINT: telephone_point,
    LINE_PLAN: line_plan,
    LINE_FEATURES: line_features,
    LINE_NUMBER: line_number,
    LINE_MOVE: line_move,
    LINE_SUSPENSION: line_suspension,
    LINE_RESUMPTION: line_resumption,
}


def put_into_basket(
    *, basket_id: BasketId, draft: orders.ItemDraft, book: PolicyBook, by: Actor, at: datetime
) -> orders.Item:
    """Adds a priced item and keeps the account name for the basket as long as the policy says (ADR-07)."""
    item = orders.put_item(basket_id=basket_id, draft=draft, by=by, at=at)
    wanted = account_claim(draft)
    if wanted is not None:
        minutes = book[numbers.RESERVATION]
        numbers.reserve_numbers(claims=[wanted], basket_id=basket_id, minutes=minutes, by=by, at=at)
    return item


def take_out_of_basket(*, basket_id: BasketId, item_id: ItemId, by: Actor, at: datetime) -> orders.Basket:
    """Removes an item and frees the names that no remaining item needs."""
    basket = orders.remove_item(basket_id=basket_id, item_id=item_id, by=by, at=at)
    keep = [claim.number for item in basket.items if (claim := account_claim(item.draft))]
    numbers.release_reservations(basket_id=basket_id, at=at, keep=keep)
    return basket


def account_claim(item: orders.ItemDraft | orders.Order) -> numbers.NumberClaim | None:
    """The number that an item asks for: a new line its own, a move the name of the new dwelling."""
    kind, details = numbers.NumberKind.ACCOUNT, item.details
    if item.business == NEW_BROADBAND:
        return numbers.NumberClaim(kind, details["account"], details["source"], item.dwelling_id)
    if item.business == MOVE:
        return numbers.NumberClaim(kind, details["to_account"], details["source"], PremisesId(details["to"]))
    return number_claim(item) or new_number_claim(item)
