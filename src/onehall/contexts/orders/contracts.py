"""What crosses the door of the orders room."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from onehall.foundation.refusals import Refusal
from onehall.foundation.values import ids
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import Period
from onehall.foundation.values.text import Text


class BasketState(StrEnum):
    """Where a basket stands; settled and abandoned are final."""

    OPEN = "open"
    HELD = "held"
    SETTLED = "settled"
    ABANDONED = "abandoned"


class OrderState(StrEnum):
    """Where an order stands as far as this room knows; the work on it is fieldwork's."""

    ACCEPTED = "accepted"
    COMPLETED = "completed"
    ARCHIVED = "archived"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class ItemDraft:
    """A priced line for a basket: what it costs, what it will bring, and the rules that made it so.

    `business` is the kind of sale (new_broadband, renewal, …). `period` is a preview; settling computes the final one.
    `details` hold codes and numbers that settling needs, no personal data.
    """

    business: str
    offering: str
    price_version: int
    name: Text
    quantity: int
    amount: Money
    revenue_account: str
    period: Period | None = None
    dwelling_id: ids.PremisesId | None = None
    subscription_id: ids.SubscriptionId | None = None
    rules: tuple[str, ...] = ()
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Item:
    """A line in a basket."""

    id: ids.ItemId
    line: int
    draft: ItemDraft
    put_at: datetime


@dataclass(frozen=True, slots=True)
class Basket:
    """What one customer wants at one counter."""

    id: ids.BasketId
    hall_id: ids.HallId
    counter_id: ids.CounterId
    party_id: ids.PartyId
    by_id: ids.UserId
    state: BasketState
    policy_version: int
    opened_at: datetime
    items: tuple[Item, ...]
    hold_reason: str
    settled_at: datetime | None
    settled: Money | None

    @property
    def total(self) -> Money:
        """What is due for all items."""
        return Money.total(item.draft.amount for item in self.items)


@dataclass(frozen=True, slots=True)
class Order:
    """One paid service. `subscription_id` and `serial` are set where the service belongs to a subscription."""

    id: ids.OrderId
    hall_id: ids.HallId
    basket_id: ids.BasketId
    line: int
    business: str
    offering: str
    price_version: int
    name: Text
    quantity: int
    amount: Money
    revenue_account: str
    party_id: ids.PartyId
    dwelling_id: ids.PremisesId | None
    subscription_id: ids.SubscriptionId | None
    serial: str
    details: Mapping[str, Any]
    policy_version: int
    accepted_at: datetime
    state: OrderState


@dataclass(frozen=True, slots=True)
class Settlement:
    """A basket that has just been paid: its orders, and how long the service took without holds (ORD-11)."""

    basket_id: ids.BasketId
    party_id: ids.PartyId
    amount: Money
    orders: tuple[Order, ...]
    handling_seconds: int


@dataclass(frozen=True, slots=True)
class SignatureRecord:
    """Who signed how, and which document (LAW-32)."""

    basket_id: ids.BasketId
    method: str
    document_id: ids.DocumentId | None
    document_sha256: bytes | None
    at: datetime


class BasketSettled(Refusal):
    """Paid already; the same sale is not made twice (ORD-13)."""

    code = "orders.basket_settled"
    rule = "ORD-13"
    zh = "这张受理单已于 {at} 收款 {amount} 元，不能再办。"
    en = "This basket was paid at {at}: {amount} yuan. It cannot be changed or paid again."
    alternative_zh = "需要更改的，请在本班次内作废后重新受理。"
    alternative_en = "To change it, void the sale in the same shift and start again."


class BasketNotOpen(Refusal):
    """Held or abandoned."""

    code = "orders.basket_not_open"
    rule = "ORD-12"
    zh = "这张受理单没有打开（{state}）。"
    en = "This basket is not open ({state})."
    alternative_zh = "请先恢复受理，再继续。"
    alternative_en = "Resume it first."


class AmountDiffers(Refusal):
    """The sum asked for is not the sum of the items any more."""

    code = "orders.amount_differs"
    rule = "RCP-01"
    zh = "应收 {due} 元，提交的是 {given} 元，没有收款。"
    en = "{due} yuan are due, {given} were submitted; nothing was taken."
    alternative_zh = "受理单已变化，请核对后重新收款。"
    alternative_en = "The basket has changed: check it and take the payment again."


class ItemRepeated(Refusal):
    """The same service for the same dwelling or line twice in one basket."""

    code = "orders.item_repeated"
    rule = "ORD-06"
    zh = "“{name}”已在受理单中。"
    en = "“{name_en}” is in the basket already."
    alternative_zh = "请修改数量，或先移除原来的一项。"
    alternative_en = "Change its quantity or remove it first."


class AlreadyServed(Refusal):
    """The counter has an open basket of the same customer."""

    code = "orders.already_served"
    rule = "ORD-12"
    zh = "这位客户在本台席已有打开的受理单。"
    en = "This customer has an open basket at this counter already."
    alternative_zh = "请在打开的受理单中继续，或先将它挂起。"
    alternative_en = "Go on in the open one, or hold it first."


class OrderNotVoidable(Refusal):
    """A sale that cannot be taken back by voiding."""

    code = "orders.not_voidable"
    rule = "CHG-02"
    zh = "不能作废：{why}。"
    en = "It cannot be voided: {why_en}."
    alternative_zh = "请请示营业部经理按规定处理。"
    alternative_en = "Please ask the hall manager."
