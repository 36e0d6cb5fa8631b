"""Deciding about money over the counter: values in, values out."""

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum

from onehall.contexts.ledger.contracts import (
    CallOut,
    Means,
    MeansNotOpen,
    Tender,
    TendersDiffer,
    TooLittle,
)
from onehall.foundation.values.money import NOTES, Money
from onehall.foundation.values.text import Text


class Role(StrEnum):
    """An account's part on the way of cash to the bank; the profile says which account plays it."""

    DRAWER = "drawer"
    FLOAT = "float"
    GRANTED = "granted"
    TRANSIT = "transit"
    BANK = "bank"
    PENDING = "pending"
    CLAIM = "claim"
    LOSS = "loss"
    PREPAID = "prepaid"


class Source(StrEnum):
    """What a batch of cash is booked for, once."""

    OPENED = "opened"
    CLOSED = "closed"
    BAG = "bag"
    LINE = "line"
    SHORTAGE = "shortage"
    REFUND = "refund"


MEANS_NAMES = {
    Means.CASH: Text("现金", "cash"),
    Means.CARD: Text("银行卡", "bank card"),
    Means.WECHAT: Text("微信支付", "WeChat Pay"),
    Means.ALIPAY: Text("支付宝", "Alipay"),
    Means.RECHARGE_CARD: Text("充值卡", "recharge card"),
    Means.TRANSFER: Text("银行转账", "bank transfer"),
    Means.PREPAID: Text("预存款", "prepaid balance"),
    Means.WITHHOLDING: Text("银行代扣", "bank withholding"),
}
_NOTHING = Money.zero()


def change_due(due: Money, tendered: Money) -> Money:
    """What goes back to the customer (PAY-02). Raises TooLittle: first pay, then use (PAY-01)."""
    if tendered < due:
        raise TooLittle(due=due, tendered=tendered, missing=due - tendered)
    return tendered - due


def call_out(due: Money, tendered: Money, balance: Money = _NOTHING) -> CallOut:
    """唱收唱付: the sentence the clerk says and the three figures both displays show (PAY-02); nobody hands over what the `balance` pays."""
    change = change_due(due - balance, tendered)
    zh, en = f"应收 {due} 元", f"{due} yuan due"
    if balance:
        zh, en = f"{zh}，余额支付 {balance} 元", f"{en}, {balance} paid from the balance"
    if balance != due:
        zh, en = (
            f"{zh}，收您 {tendered} 元，找您 {change} 元，请点清",
            f"{en}, {tendered} received, {change} change. Please count it",
        )
    return CallOut(due=due, received=tendered, change=change, sentence=Text(f"{zh}。", f"{en}."))


def suggest_tenders(due: Money) -> tuple[Money, ...]:
    """What customers usually hand over for `due`: the exact amount, then the next multiple of each note, ascending."""
    if due <= Money.zero():
        return ()
    rounded = {-(-due.fen // note.fen) * note.fen for note in NOTES}
    return tuple(Money(fen) for fen in sorted({due.fen, *rounded}))


def pay_in_cash(due: Money, tendered: Money) -> Tender:
    """The tender of a payment that is all cash."""
    return Tender(Means.CASH, amount=due, tendered=tendered, change=change_due(due, tendered))


def pay_mixed(due: Money, cash: Money, others: Mapping[Means, Money]) -> tuple[Tender, ...]:
    """The tenders of a payment: what came by other means exactly, and cash for what is left. Raises TooLittle, TendersDiffer.

    Where nothing is left no cash is taken; other means give no change.
    """
    rest = due - Money.total(others.values())
    exact = tuple(
        Tender(means, amount, tendered=amount, change=Money.zero()) for means, amount in others.items()
    )
    if rest > Money.zero():
        return (*exact, pay_in_cash(rest, cash))
    if rest or cash or not exact:
        raise TendersDiffer(due=due, paid=due - rest + cash)
    return exact


def check_tenders(due: Money, tenders: Sequence[Tender], *, open_means: Collection[str]) -> None:
    """Refuses means that are not open, parts that do not add up, and change for anything but cash."""
    if due <= Money.zero():
        raise ValueError(f"a payment of {due} would leave no trace in the books")
    for tender in tenders:
        check_open(tender.means, open_means)
    paid = Money.total(tender.amount for tender in tenders)
    if paid < due:
        raise TooLittle(due=due, tendered=paid, missing=due - paid)
    if paid != due or not all(_adds_up(tender) for tender in tenders) or _repeats(tenders):
        raise TendersDiffer(due=due, paid=paid)


def check_open(means: Means, open_means: Collection[str]) -> None:
    """Raises MeansNotOpen, which says what can be paid with instead."""
    if means in open_means:
        return
    names = [name for means, name in MEANS_NAMES.items() if means in open_means]
    raise MeansNotOpen(
        means=MEANS_NAMES[means].zh,
        means_en=MEANS_NAMES[means].en,
        open="、".join(name.zh for name in names),
        open_en=", ".join(name.en for name in names),
    )


def _adds_up(tender: Tender) -> bool:
    """Something was paid, the change is what exceeds it, and only cash exceeds it."""
    exact = tender.change == tender.tendered - tender.amount
    return exact and tender.amount > Money.zero() and tender.change >= Money.zero() and _gives_change(tender)


def _gives_change(tender: Tender) -> bool:
    return tender.means is Means.CASH or not tender.change


def _repeats(tenders: Sequence[Tender]) -> bool:
    return len({tender.means for tender in tenders}) != len(tenders)


def balancing(legs: Mapping[Role, Money], *, against: Role) -> dict[Role, Money]:
    """The legs (debit above zero) with what balances them on `against`; legs without money left out (LED-01)."""
    rest = Money.total(legs.values())
    all_legs = {**legs, against: legs.get(against, Money.zero()) - rest}
    return {role: amount for role, amount in all_legs.items() if amount}
