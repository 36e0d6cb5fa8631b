"""What crosses the door of the subscriptions room."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from onehall.foundation.refusals import Refusal
from onehall.foundation.values import ids
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import Period


class EndingKind(StrEnum):
    """How a subscription ends: at once, when its paid term is over, or because its sale was taken back."""

    NOW = "now"
    AT_EXPIRY = "at_expiry"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class Bought:
    """What one order buys: an offering at a price version, for whole months. `policy_version` is that of its basket."""

    order_id: ids.OrderId | None
    offering: str
    price_version: int
    price: Money
    months: int
    policy_version: int


@dataclass(frozen=True, slots=True)
class NewSubscription:
    """A subscription to open, with the start of its first term (ORD-09). `expires_at` only where it was bought elsewhere."""

    party_id: ids.PartyId
    dwelling_id: ids.PremisesId
    kind: str
    account_name: str
    serial: str
    starts_at: datetime
    bought: Bought
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Extension:
    """A renewal to book on a subscription."""

    subscription_id: ids.SubscriptionId
    bought: Bought


@dataclass(frozen=True, slots=True)
class TermSold:
    """A term that was just booked."""

    id: ids.TermId
    order_id: ids.OrderId | None
    subscription_id: ids.SubscriptionId
    account_name: str
    serial: str
    period: Period


@dataclass(frozen=True, slots=True)
class Term:
    """A paid term; `cancelled` when its sale was taken back."""

    id: ids.TermId
    period: Period
    anchor_day: int
    months: int
    offering: str
    price_version: int
    price: Money
    order_id: ids.OrderId | None
    paid_at: datetime
    cancelled: bool


@dataclass(frozen=True, slots=True)
class Ending:
    """When and why a subscription ends."""

    kind: EndingKind
    reason: str
    requested_at: datetime
    effective_at: datetime


@dataclass(frozen=True, slots=True)
class Subscription:
    """What a customer has at a dwelling. `terms` are the live ones by start; `ending` stands; `resting` the last suspension."""

    id: ids.SubscriptionId
    party_id: ids.PartyId
    dwelling_id: ids.PremisesId
    kind: str
    account_name: str
    serial: str
    order_id: ids.OrderId | None
    opened_at: datetime
    ended_at: datetime | None
    terms: tuple[Term, ...]
    ending: Ending | None
    resting: Period | None = None

    @property
    def expires_at(self) -> datetime | None:
        """The end of the last paid term."""
        return self.terms[-1].period.end if self.terms else None

    def term_at(self, at: datetime) -> Term | None:
        """The term that runs at `at`, else the one before it, else the first to come."""
        begun = [term for term in self.terms if term.period.start <= at]
        return begun[-1] if begun else next(iter(self.terms), None)


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What taking back a sale leaves: `expires_at` is None when the subscription itself is gone."""

    subscription_id: ids.SubscriptionId
    kind: str
    account_name: str
    expires_at: datetime | None


class AccountInUse(Refusal):
    """Another live subscription has the account name."""

    code = "subscriptions.account_in_use"
    rule = "ADR-07"
    zh = "账号 {account} 已有在用业务。"
    en = "Account {account} is in use."
    alternative_zh = "请查询该地址的在用业务，可办理续费。"
    alternative_en = "Look up the service at this address; it can be renewed."


class SerialTaken(Refusal):
    """The form serial belongs to another subscription."""

    code = "subscriptions.serial_taken"
    rule = "ORD-07"
    zh = "流水号 {serial} 已属于另一项业务。"
    en = "Form serial {serial} belongs to another subscription."
    alternative_zh = "请再收款一次，系统会取下一个流水号。"
    alternative_en = "Take the payment again: the next serial is given."


class NotRenewable(Refusal):
    """The subscription has ended or is going to."""

    code = "subscriptions.not_renewable"
    rule = "CHG-01"
    zh = "{account} 不能续费：{why}。"
    en = "{account} cannot be renewed: {why_en}."
    alternative_zh = "{instead_zh}"
    alternative_en = "{instead_en}"

    @classmethod
    def because(cls, *, account: str, ends_at: datetime | None, ended: bool) -> "NotRenewable":
        """Over already, or its termination is booked for `ends_at`."""
        day = f"{ends_at:%Y-%m-%d}" if ends_at else ""
        said = (
            ("业务已终止", "it has ended", "请办理新装。", "Take it as a new service.") if ended
            else (f"已申请 {day} 终止", f"its termination on {day} is booked", "请先撤销终止申请。", "Withdraw the termination first.")
        )  # fmt: skip
        return cls(
            account=account, **dict(zip(("why", "why_en", "instead_zh", "instead_en"), said, strict=True))
        )


class LaterSaleDepends(Refusal):
    """A sale on which a later one builds cannot be taken back."""

    code = "subscriptions.later_sale_depends"
    rule = "CHG-01"
    zh = "{account} 之后又办理了业务，这一笔不能作废。"
    en = "Later sales build on this one ({account}); it cannot be voided."
    alternative_zh = "请从最后一笔开始依次作废。"
    alternative_en = "Void the latest sale first."


class EndingBooked(Refusal):
    """It has ended or its termination stands already."""

    code = "subscriptions.ending_booked"
    rule = "CHG-02"
    zh = "{account} 已终止或已申请终止。"
    en = "{account} has ended, or its termination is booked."
    alternative_zh = "如需保留，请撤销终止申请。"
    alternative_en = "To keep it, withdraw the termination."
