"""What crosses custody's door, and how it says no."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from onehall.foundation.refusals import Refusal
from onehall.foundation.values import ids
from onehall.foundation.values.money import Money


class EntryKind(StrEnum):
    """Why money moved through a drawer."""

    SALE = "sale"
    REFUND, PAYOUT = "refund", "payout"
    CASH_IN = "cash_in"
    CASH_OUT = "cash_out"


@dataclass(frozen=True, slots=True)
class Passed:
    """Money of one means that passed over the counter: what came in and what went back."""

    means: str
    received: Money
    returned: Money


@dataclass(frozen=True, slots=True)
class Drawer:
    """A clerk's shift at a counter (CSH-01)."""

    id: ids.DrawerId
    hall: ids.HallId
    counter: ids.CounterId
    by: ids.UserId
    opened_at: datetime
    expected_float: Money
    opening_float: Money
    counted: Mapping[int, int]
    remark: str
    closed_at: datetime | None
    handed_in_at: datetime | None = None
    confirmed_by: ids.UserId | None = None
    cashless: bool = False

    @property
    def opening_difference(self) -> Money:
        """What was counted beyond (or below) the float that should be there; kept apart from the closing difference."""
        return self.opening_float - self.expected_float


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one means stands in a drawer (LAW-40); mid-shift and closing reports are this and nothing else."""

    means: str
    opening: Money
    received: Money
    change: Money
    refunds: Money
    put_in: Money
    deposits: Money
    sales: int = 0
    reversals: int = 0

    @property
    def balance(self) -> Money:
        """Opening + received - change - refunds - deposits, with what was put in counted as received."""
        return self.opening + self.received + self.put_in - self.change - self.refunds - self.deposits


@dataclass(frozen=True, slots=True)
class Count:
    """A blind count by denomination (LAW-40). `upto` is the last entry it covers; `difference` is over (+) or short (-)."""

    id: int
    drawer: ids.DrawerId
    turn: int
    counted: Mapping[int, int]
    amount: Money
    expected: Money
    upto: int
    by: ids.UserId
    at: datetime

    @property
    def difference(self) -> Money:
        return self.amount - self.expected


@dataclass(frozen=True, slots=True)
class Step:
    """What happened to a counted drawer: `handed_in`, `returned` or `confirmed`; the difference as it then stood."""

    kind: str
    count: int
    difference: Money
    reason: str
    by: ids.UserId
    at: datetime


@dataclass(frozen=True, slots=True)
class Moved:
    """An entry that was just written, and the cash that lies in the drawer now."""

    entry: int
    drawer: ids.DrawerId
    balance: Money


class NoOpenDrawer(Refusal):
    """Nothing is sold without an open drawer of one's own."""

    code = "custody.no_open_drawer"
    rule = "CSH-01"
    zh = "您在本台席没有打开的钱箱，不能收付款。"
    en = "You have no open drawer at this counter; no money can be taken or paid."
    alternative_zh = "请先清点备用金并开箱。"
    alternative_en = "Count the float and open the drawer first."


class DrawerOpen(Refusal):
    """A counter has one open drawer, and so has a clerk."""

    code = "custody.drawer_open"
    rule = "CSH-01"
    zh = "本台席或您本人已有一个打开的钱箱。"
    en = "This counter, or you at another counter, already has an open drawer."
    alternative_zh = "请先结清原来的钱箱；接班请办理交接。"
    alternative_en = "Close that drawer first; for a change of shift do the handover."


class FloatDiffers(Refusal):
    """The counted float is not what should lie there, and nobody said why."""

    code = "custody.float_differs"
    rule = "LAW-40"
    zh = "备用金应有 {expected} 元，清点为 {counted} 元，相差 {difference} 元。"
    en = "The float should be {expected} yuan but {counted} were counted: {difference} apart."
    alternative_zh = "请重新清点；确有差额的，写明原因后开箱，差额单独记录。"
    alternative_en = "Count again; if it stays, give the reason: the difference is recorded by itself."


class NotADenomination(Refusal):
    """A count names a coin or note that does not exist, or a number of pieces that cannot be."""

    code = "custody.not_a_denomination"
    rule = "CSH-01"
    status = 400
    zh = "没有这种面额或张数：{piece} × {count}。"
    en = "There is no such denomination or number of pieces: {piece} × {count}."


class NotAMovement(Refusal):
    """Cash moves with an amount and a reason."""

    code = "custody.not_a_movement"
    rule = "LAW-40"
    status = 400
    zh = "现金存取须写明金额（大于零）和事由。"
    en = "Moving cash needs an amount above zero and a reason."


class DrawerShort(Refusal):
    """More would go out than lies in the drawer."""

    code = "custody.drawer_short"
    rule = "LAW-40"
    zh = "钱箱里的现金不够支出 {amount} 元。"
    en = "The cash in the drawer is not enough for {amount} yuan."
    alternative_zh = "请先添零，或请值班经理从其他钱箱支付。"
    alternative_en = "Put cash in first, or ask the duty manager to pay from another drawer."


class DrawerNotSettled(Refusal):
    """Whoever leaves has counted, handed in, and was let go by the duty manager."""

    code = "custody.drawer_not_settled"
    rule = "CSH-03"
    zh = "您的钱箱{why}，现在不能离开。"
    en = "Your drawer {why_en}; you cannot leave yet."
    alternative_zh = "请到“钱箱”清点交账，值班经理确认后再退出；暂时离开请锁屏。"
    alternative_en = "Count and hand in under “Drawer”; sign out once the duty manager has confirmed. For a break lock the screen."


class CountRefused(Refusal):
    """A drawer is not ready for this step of its close."""

    code = "custody.count_refused"
    rule = "CSH-03"
    zh = "{why}。"
    en = "{why_en}."
    alternative_zh = "{do}"
    alternative_en = "{do_en}"
