"""What a paid basket brings about in the other rooms, and how a voided sale is taken back.

Hot path: one SQL call a room for the whole basket, whatever it holds.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from onehall.contexts.numbers import api as numbers
from onehall.contexts.orders import api as orders
from onehall.contexts.provisioning import api as provisioning
from onehall.contexts.subscriptions import api as subscriptions
from onehall.foundation.database import Asked, ahead
from onehall.foundation.policy import PolicyBook
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import OrderId, PremisesId, SubscriptionId
from onehall.foundation.values.period import Period, local
from onehall.foundation.values.text import Text
from onehall.steps.basket import ADDITIONAL_POINT, NEW_BROADBAND, RENEWAL, account_claim
from onehall.steps.changes import MOVE, SPEED_CHANGE, SUSPENSION
from onehall.steps.changing import move_lines, suspend_lines, take_back_changes
from onehall.steps.ending import give_back
from onehall.steps.goods import hand_out, is_goods, take_back_goods
from onehall.steps.household import BROADBAND, FIXED_LINE
from onehall.steps.line_states import Opened, close_number, open_lines, take_back_credit, told_again
from onehall.steps.prepaying import DEPOSIT, pay_in, take_back_deposits
from onehall.steps.recharging import recharge_lines, take_back_recharges
from onehall.steps.telephone import NEW_FIXED_LINE, TELEPHONE_BUSINESSES, TELEPHONE_POINT
from onehall.steps.telephone_changes import LINE_CHANGES
from onehall.steps.telephone_changing import change_telephones, take_back_telephones
from onehall.steps.transferring import check_still_theirs
from onehall.steps.written import accepted_at


@dataclass(frozen=True, slots=True)
class WorkToDo:
    """A work order that a paid order brings along (CAT-10). `starts_at` is the start of the term, where there is one."""

    order_id: OrderId
    kind: str
    subscription_id: SubscriptionId
    dwelling_id: PremisesId
    compound: str
    serial: str
    account: str
    offering: Text
    quantity: int
    starts_at: datetime | None
    follow_up: bool


@dataclass(frozen=True, slots=True)
class Delivered:
    """What came of a basket. `slips` hold new accounts' initial passwords: print them, keep them nowhere (LAW-03)."""

    terms: tuple[subscriptions.TermSold, ...]
    rests: Mapping[OrderId, Period]
    granted: Asked[tuple[provisioning.Granted, ...]] | None
    work: tuple[WorkToDo, ...]

    @property
    def spans(self) -> dict[OrderId, Period]:
        """What each order brought for which time: a term, a rest, or a third party's service."""
        sold = {term.order_id: term.period for term in self.terms if term.order_id is not None}
        return {**sold, **self.rests}

    @property
    def slips(self) -> tuple[provisioning.Granted, ...]:
        """The grants that brought a new secret."""
        return tuple(grant for grant in self._grants if grant.secret)

    @property
    def pending(self) -> bool:
        """Whether the network still has to be told."""
        return any(grant.pending for grant in self._grants)

    @property
    def _grants(self) -> tuple[provisioning.Granted, ...]:
        return self.granted.answer() if self.granted else ()


def deliver(*, settlement: orders.Settlement, book: PolicyBook, by: Actor, at: datetime) -> Delivered:
    """Numbers, subscriptions, access and links of everything that was just paid.

    A rest comes before what renews, a move after everything else. Raises NumberTaken, AccountInUse, NotRenewable,
    NotSuspendable, LineChanged, AccountUnknown, AccountOfAnother, TopUpRefused, SerialSold: then nothing was sold.
    """
    opened = _open(_of(settlement, NEW_BROADBAND), book, by, at)
    rests = suspend_lines(sold=_of(settlement, SUSPENSION), book=book, by=by, at=at)
    services = hand_out(sold=settlement.orders, at=at)
    renewed = _renew([*_of(settlement, RENEWAL), *_of(settlement, SPEED_CHANGE)], at)
    terms = (*opened, *renewed)
    phones = open_lines(
        sold=_of(settlement, NEW_FIXED_LINE), book=book, by=by, at=accepted_at(settlement.orders, at)
    )
    granted = _grant(settlement.orders, terms, frozenset(term.id for term in opened), book, at)
    lines = _lines(settlement.orders, terms, phones)
    _add_points(settlement, lines, by, at)
    _link(settlement.orders, lines)
    move_lines(sold=_of(settlement, MOVE), book=book, by=by, at=at)
    change_telephones(sold=settlement.orders, book=book, by=by, at=at)
    recharge_lines(sold=settlement.orders, book=book, by=by, at=at)
    pay_in(sold=settlement.orders, by=by, at=at)
    told_again(sold=settlement.orders, book=book, by=by, at=at)
    visits = [order for order in settlement.orders if order.details.get("work_order")]
    return Delivered(
        terms, {**rests, **services}, granted, tuple(_work(order, lines[order.id]) for order in visits)
    )


def take_back(*, voided: Sequence[orders.Order], book: PolicyBook, by: Actor, at: datetime) -> None:
    """Undoes in the other rooms what these orders brought about. LaterSaleDepends if something builds on them."""
    take_back_telephones(voided=voided, book=book, by=by, at=at)
    take_back_changes(voided=voided, book=book, by=by, at=at)
    take_back_credit(voided=voided, at=at, scope=by.scope)
    take_back_recharges(voided=voided, at=at, scope=by.scope)
    take_back_deposits(voided=voided, by=by, at=at)
    take_back_goods(voided=voided, at=at)
    for order in voided:
        check_still_theirs(order, scope=by.scope)
    for gone in subscriptions.cancel_sales(order_ids=[order.id for order in voided], by=by, at=at):
        if gone.kind == FIXED_LINE:
            close_number(number=gone.account_name, quarantine_days=0, book=book, by=by, at=at)
            continue
        if gone.expires_at is not None:
            provisioning.restate_access(account=gone.account_name, valid_until=gone.expires_at, at=at)
            continue
        give_back(account=gone.account_name, book=book, by=by, at=at)
    told_again(sold=voided, book=book, by=by, at=at)


@dataclass(frozen=True, slots=True)
class _Line:
    """The subscription that an order belongs to."""

    subscription_id: SubscriptionId
    serial: str
    starts_at: datetime | None


def _of(settlement: orders.Settlement, business: str) -> list[orders.Order]:
    return [order for order in settlement.orders if order.business == business]


def _dwelling(order: orders.Order) -> PremisesId:
    if order.dwelling_id is None:
        raise ValueError(f"order {order.id} ({order.business}) has no dwelling")
    return order.dwelling_id


def _bought(order: orders.Order) -> subscriptions.Bought:
    return subscriptions.Bought(
        order_id=order.id,
        offering=order.offering,
        price_version=order.price_version,
        price=order.amount,
        months=order.details["term_months"],
        policy_version=order.policy_version,
    )


def _open(
    new: Sequence[orders.Order], book: PolicyBook, by: Actor, at: datetime
) -> tuple[subscriptions.TermSold, ...]:
    if not new:
        return ()
    numbers.claim_numbers(
        claims=[claim for order in new if (claim := account_claim(order))],
        basket_id=new[0].basket_id,
        by=by,
        at=at,
    )
    serials = numbers.next_form_serials(
        prefixes=[order.details["serial_prefix"] for order in new], day=local(at).date()
    )
    accepted = accepted_at(new, at)
    days = replace(book, at=accepted)[subscriptions.START_DELAY]
    start = subscriptions.first_term_start(accepted=accepted, delay_days=days)
    lines = [_new_line(order, serial, start) for order, serial in zip(new, serials, strict=True)]
    return subscriptions.open_subscriptions(new=lines, by=by, at=accepted)


def _new_line(order: orders.Order, serial: str, start: datetime) -> subscriptions.NewSubscription:
    return subscriptions.NewSubscription(
        party_id=order.party_id,
        dwelling_id=_dwelling(order),
        kind=BROADBAND,
        account_name=order.details["account"],
        serial=serial,
        starts_at=start,
        bought=_bought(order),
    )


def _renew(renewals: Sequence[orders.Order], at: datetime) -> tuple[subscriptions.TermSold, ...]:
    if not renewals:
        return ()
    extensions = [
        subscriptions.Extension(order.subscription_id, _bought(order))
        for order in renewals
        if order.subscription_id is not None
    ]
    return subscriptions.extend_terms(extensions=extensions, paid_at=accepted_at(renewals, at))


def _grant(
    sold: Sequence[orders.Order],
    terms: Sequence[subscriptions.TermSold],
    new: frozenset[int],
    book: PolicyBook,
    at: datetime,
) -> Asked[tuple[provisioning.Granted, ...]] | None:
    if not terms:
        return None
    details = {order.id: order.details for order in sold}
    grants = [
        provisioning.Grant(
            account=term.account_name,
            subscription_id=term.subscription_id,
            period=term.period,
            down_kbps=details[term.order_id]["down_kbps"],
            up_kbps=details[term.order_id]["up_kbps"],
            network_profile=details[term.order_id]["network_profile"],
            is_new=term.id in new,
        )
        for term in terms
        if term.order_id is not None
    ]
    return ahead(provisioning.grant_access, grants=grants, policy=provisioning.secret_policy(book), at=at)


def _lines(
    sold: Sequence[orders.Order], terms: Sequence[subscriptions.TermSold], phones: Mapping[OrderId, Opened]
) -> dict[OrderId, _Line]:
    """The subscription of every order: its own, or the one of its kind that was opened for the same dwelling in this basket."""
    by_order = {term.order_id: _Line(term.subscription_id, term.serial, term.period.start) for term in terms}
    by_order |= {one.order_id: _Line(one.subscription_id, one.serial, None) for one in phones.values()}
    at_home = {_place(order): by_order[order.id] for order in sold if order.id in by_order}
    lines = {}
    for order in sold:
        if order.business == DEPOSIT or is_goods(order):
            continue  # its line, where it has one, stands on it already
        line = by_order.get(order.id)
        if line is None and order.subscription_id is not None:
            line = _Line(order.subscription_id, order.serial, None)
        lines[order.id] = line or at_home[_place(order)]
    return lines


def _place(order: orders.Order) -> tuple[PremisesId | None, bool]:
    """The dwelling, and whether its telephone is meant."""
    return order.dwelling_id, order.business in (*TELEPHONE_BUSINESSES, *LINE_CHANGES)


def _add_points(
    settlement: orders.Settlement, lines: Mapping[OrderId, _Line], by: Actor, at: datetime
) -> None:
    for order in [*_of(settlement, ADDITIONAL_POINT), *_of(settlement, TELEPHONE_POINT)]:
        subscriptions.add_points(
            subscription_id=lines[order.id].subscription_id, dwelling_id=_dwelling(order), kind=order.details["points"],
            quantity=order.quantity, order_id=order.id, by=by, at=at,
        )  # fmt: skip


def _link(sold: Sequence[orders.Order], lines: Mapping[OrderId, _Line]) -> None:
    links = [
        (order.id, lines[order.id].subscription_id, lines[order.id].serial)
        for order in sold
        if order.id in lines
        and (order.subscription_id, order.serial) != (lines[order.id].subscription_id, lines[order.id].serial)
    ]
    if links:
        orders.link_subscriptions(links=links)


def _work(order: orders.Order, line: _Line) -> WorkToDo:
    return WorkToDo(
        order_id=order.id,
        kind=order.details["work_order"],
        subscription_id=line.subscription_id,
        dwelling_id=PremisesId(order.details.get("to", 0)) or _dwelling(order),
        compound=order.details["compound"],
        serial=line.serial,
        account=order.details.get("to_account", order.details["account"]),
        offering=order.name,
        quantity=order.quantity,
        starts_at=line.starts_at,
        follow_up=order.details["follow_up"],
    )
