"""Deciding which line of the bank's record is the transfer that a customer tells of (PAY-03)."""

from collections.abc import Sequence
from dataclasses import dataclass

from onehall.contexts.banking.contracts import BankLine
from onehall.foundation.refusals import Refusal
from onehall.foundation.values.money import Money


@dataclass(frozen=True, slots=True)
class Transfer:
    """A line that names its payer, beside the name in the clear: for finding what a customer says they transferred."""

    line: BankLine
    payer: str
    claimed: bool


class TransferRefused(Refusal):
    """The bank's record does not hold what the customer says they transferred, or it paid for something already."""

    code = "banking.transfer_refused"
    rule = "PAY-03"
    zh = "{why}。"
    en = "{why_en}."
    alternative_zh = "{do}"
    alternative_en = "{do_en}"


@dataclass(frozen=True, slots=True)
class Sought:
    """What the customer says: the sum, with the bank's reference, the payer's name, or both."""

    amount: Money
    reference: str
    payer: str


def sought(*, amount: Money, reference: str, payer: str) -> Sought:
    """As it was typed, without blanks around. Raises TransferRefused without a sum, or where neither reference nor name is said."""
    reference, payer = reference.strip(), " ".join(payer.split())
    if amount <= Money.zero():
        raise _no(
            "transfer_amount",
            "转账金额要大于零",
            "A transfer is over more than nothing",
            "请照客户的转账回单填金额。",
            "Copy the sum from the customer's slip.",
        )
    if not reference and not payer:
        raise _no(
            "reference", "银行流水号和付款人都没有填", "Neither the bank's reference nor the payer was typed",
            "请至少填一项，流水号在客户的转账回单上。", "Type one of them; the reference is on the customer's slip.",
        )  # fmt: skip
    return Sought(amount, reference, payer)


def chosen(wanted: Sought, known: Sequence[Transfer]) -> BankLine:
    """The one line that is meant and pays for nothing yet; `known` bear the reference, or else the sum. Raises TransferRefused."""
    named = [one for one in known if _is_named(one, wanted)]
    if not named:
        raise _no(
            "reference", "银行记录里没有这笔转账", "The bank's record holds no such transfer",
            "请核对流水号、付款人和金额；钱到账并由经理导入对账单后再办，先付费后开通。",
            "Check reference, payer and sum; it counts once it has arrived and the manager imported the bank's record.",
        )  # fmt: skip
    exact = [one for one in named if one.line.amount == wanted.amount]
    if not exact:
        raise _no(
            "transfer_amount", f"银行记录里这笔是 {named[0].line.amount} 元，不是 {wanted.amount} 元",
            f"The bank's record says {named[0].line.amount} yuan, not {wanted.amount}", "请与客户核对；一笔转账按到账金额整笔使用。",
            "Check with the customer; a transfer counts as it arrived, whole.",
        )  # fmt: skip
    free = [one.line for one in exact if not one.claimed]
    if not free:
        raise used_before()
    if len(free) > 1:
        raise _no(
            "reference", f"有 {len(free)} 笔一样的转账", f"{len(free)} transfers are alike", "请填银行流水号。", "Type the bank's reference.",
        )  # fmt: skip
    return free[0]


def used_before() -> TransferRefused:
    """One line pays once."""
    return _no(
        "reference", "这笔转账已经用于一次收款", "This transfer paid for something already", "每笔转账只用一次；请看这位客户的收据。",
        "A transfer counts once; see the customer's receipts.",
    )  # fmt: skip


def masked(payer: str) -> str:
    """Enough of a payer to recognise them."""
    return f"{payer[:1]}**" if payer else ""


def _is_named(one: Transfer, wanted: Sought) -> bool:
    same_name = " ".join(one.payer.split()).casefold() == wanted.payer.casefold()
    return (not wanted.reference or one.line.reference == wanted.reference) and (
        not wanted.payer or same_name
    )


def _no(field: str, why: str, why_en: str, do: str, do_en: str) -> TransferRefused:
    return TransferRefused(field=field, why=why, why_en=why_en, do=do, do_en=do_en)
