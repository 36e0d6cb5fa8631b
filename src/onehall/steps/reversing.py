"""冲销: when an earlier sale may still be taken back whole, and why not (CHG-02, PAY-03, SEC-04)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from onehall.contexts.fieldwork import api as fieldwork
from onehall.contexts.ledger import api as ledger
from onehall.contexts.orders import api as orders
from onehall.contexts.subscriptions import api as subscriptions
from onehall.foundation.approvals import REVERSAL, Wanted
from onehall.foundation.approvals.queries import person_of
from onehall.foundation.refusals import Refusal
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.values.ids import SubscriptionId
from onehall.foundation.values.period import local
from onehall.foundation.values.text import Text
from onehall.steps import goods
from onehall.steps.changes import SUSPENSION


class ReversalRefused(Refusal):
    """A sale that cannot be taken back whole."""

    code = "sale.reversal_refused"
    rule = "CHG-02"
    zh = "这笔收款不能冲销：{why}。"
    en = "This sale cannot be reversed: {why_en}."
    alternative_zh = "{instead}"
    alternative_en = "{instead_en}"


class ReversalAwaited(Refusal):
    """Another person was asked; nothing is changed yet."""

    code = "sale.reversal_awaited"
    rule = "SEC-04"
    zh = "冲销要另一人批准；已经替您提交申请（第 {number} 号），现在什么都没有改动，先不要退款。"
    en = "A reversal needs another person's approval, which was asked for (no. {number}); nothing is changed yet, give no money back."
    alternative_zh = "批准后在看板“审批”页打开这一项，点“照批准冲销”。"
    alternative_en = "Once approved, open it on the board's page of approvals and reverse from there."


class ReversalReason(Refusal):
    """Whoever decides, and whoever reads the books later, must know why."""

    code = "sale.reversal_reason"
    rule = "RCP-01"
    status = 400
    zh = "冲销要写明原因（{most} 个字以内），不写电话、证件号码。"
    en = "A reversal needs its reason, {most} characters at most, without telephone or ID numbers."
    alternative_zh = "例如：重复收费、办错产品。"
    alternative_en = "For example: charged twice, wrong product."


_LONGEST = 120  # structural: what the receipt's form and the columns hold
_NUMBERED = re.compile(r"[0-9Xx]{7,}")


def reason_kept(reason: str) -> str:
    """The reason as it is kept, on the red receipt and in the trail. Raises ReversalReason."""
    kept = " ".join(reason.split())
    if not 0 < len(kept) <= _LONGEST or _NUMBERED.search(kept):
        raise ReversalReason(field="reason", most=_LONGEST)
    return kept


@dataclass(frozen=True, slots=True)
class Part:
    """One service of the sale: is its work finished, from when is its term (or rest) in force; until when may goods come back,
    and is the money with a principal already (CAT-11)."""

    name: Text
    finished: bool = False
    starts_at: datetime | None = None
    returnable_until: datetime | None = None
    paid_over: bool = False


@dataclass(frozen=True, slots=True)
class Sold:
    """What decides: was it taken back, by which means was it paid, what has become of its services."""

    undone: bool
    means: frozenset[ledger.Means]
    parts: tuple[Part, ...]


GOES_BACK = frozenset({
    ledger.Means.CASH, ledger.Means.WECHAT, ledger.Means.ALIPAY, ledger.Means.CARD, ledger.Means.TRANSFER,
    ledger.Means.PREPAID, ledger.Means.RECHARGE_CARD,
})  # fmt: skip
"""Means by which money can be given back: each part by its own (PAY-03)."""
_WHY = {
    "means": (
        Text("有{name}付款", "part of it was paid by {name_en}"),
        Text("现金、手机付款、刷卡、转账、余额和充值卡的能在这里冲销。", "What was paid in cash, by telephone, card, transfer, balance and recharge card is reversed here."),
    ),
    "finished": (
        Text("“{name}”已经完工", "the work for “{name_en}” is finished"),
        Text("服务已经提供；有争议的，登记投诉由经理处理。", "The service was rendered; take a dispute up with the manager."),
    ),
    "started": (
        Text("“{name}”的缴费期 {day} 已经开始，中途不退费", "the term of “{name_en}” began on {day}, and no part of a term is refunded"),
        Text("不再使用的可以办理拆机；办错住址的请示经理过户或移机。", "A line no longer wanted can be ended; for a wrong dwelling ask the manager about a transfer or a move."),
    ),
    "too_late": (
        Text("“{name}”只能在 {day} 前退", "“{name_en}” could be given back until {day} only"),
        Text("有质量问题的按保修处理。", "Defects are a matter of the guarantee."),
    ),
    "paid_over": (
        Text("“{name}”的款已经付给委托单位", "the money for “{name_en}” was paid over to the principal"),
        Text("请客户向委托单位要求退款。", "The customer asks the principal for it."),
    ),
}  # fmt: skip


def refusal_of(sold: Sold, *, at: datetime) -> Refusal | None:
    """The first reason against it, or nothing: undone already, a means that gives nothing back, finished work, a term that has begun."""
    if sold.undone:
        return ledger.UndoneAlready()
    others = sorted(sold.means - GOES_BACK)
    if others:
        return _no("means", ledger.MEANS_NAMES[others[0]], None)
    for part in sold.parts:
        if part.finished:
            return _no("finished", part.name, None)
        if part.starts_at is not None and part.starts_at <= at:
            return _no("started", part.name, part.starts_at)
        if part.returnable_until is not None and part.returnable_until <= at:
            return _no("too_late", part.name, part.returnable_until)
        if part.paid_over:
            return _no("paid_over", part.name, None)
    return None


def _no(reason: str, name: Text, day: datetime | None) -> ReversalRefused:
    why, instead = _WHY[reason]
    said = {"name": name.zh, "name_en": name.en, "day": f"{local(day):%Y-%m-%d}" if day else ""}
    return ReversalRefused(
        why=why.zh.format(**said), why_en=why.en.format(**said), instead=instead.zh, instead_en=instead.en
    )


def read_sold(paid: ledger.Payment, *, scope: Scope) -> Sold:
    """The sale as it stands now."""
    sold = orders.orders_of_basket(basket_id=paid.basket, scope=scope)
    lines = [order.subscription_id for order in sold if order.subscription_id is not None]
    held = {line.id: line for line in subscriptions.subscriptions(subscription_ids=lines, scope=scope)}
    return Sold(
        undone=paid.reversed_at is not None,
        means=frozenset(tender.means for tender in paid.tenders),
        parts=tuple(_part(order, held, scope) for order in sold),
    )


def _part(
    order: orders.Order, held: Mapping[SubscriptionId, subscriptions.Subscription], scope: Scope
) -> Part:
    case = fieldwork.work_order_of(order.id, scope=scope)
    line = held.get(order.subscription_id) if order.subscription_id is not None else None
    starts = [term.period.start for term in line.terms if term.order_id == order.id] if line else []
    if line and order.business == SUSPENSION and line.resting:
        starts.append(line.resting.start)
    finished = case is not None and case.facts.finished_at is not None
    starts += [began] if (began := goods.begins_at(order, scope=scope)) else []
    until, paid_over = goods.returnable_until(order), goods.is_paid_over(order, scope=scope)
    return Part(order.name, finished, min(starts, default=None), until, paid_over)


def wanted(paid: ledger.Payment, *, reason: str, by: Actor, at: datetime) -> Wanted:
    """What a second person is asked for; refused before anybody is asked where nobody could allow it.

    Neither who asks nor who took the money decides. Raises ReversalReason, ReversalRefused, UndoneAlready.
    """
    why = reason_kept(reason)
    sold = read_sold(paid, scope=by.scope)
    refusal = refusal_of(sold, at=at)
    if refusal is not None:
        raise refusal
    body = {"payment": paid.id, "fen": paid.amount.fen, "concerns": person_of(paid.by)}
    return Wanted(REVERSAL, "payment", body, len(sold.parts), why, (paid.hall,))
