"""Deciding about balances: values in, values out."""

from collections.abc import Sequence

from onehall.contexts.balances.contracts import BalanceRefused
from onehall.foundation.values.money import Money


def check_deposit(amount: Money, *, least: Money, most: Money) -> None:
    """A deposit lies within the policy's limits. Raises BalanceRefused."""
    if not least <= amount <= most:
        raise _no(
            f"一次预存 {least} 到 {most} 元", f"A deposit is {least} to {most} yuan", "请改金额。", "Change the sum.",
        )  # fmt: skip


def shares(wanted: Money, held: Sequence[Money]) -> list[Money]:
    """How much each of a customer's balances gives, in order. Raises BalanceRefused where they hold less, or nothing is wanted."""
    if wanted <= Money.zero():
        raise _no("金额要大于零", "The sum is more than nothing", "请填金额。", "Type a sum.")
    left = wanted
    given = []
    for one in held:
        given.append(min(left, one))
        left -= given[-1]
    if left:
        raise too_little(wanted, Money.total(held))
    return given


def check_refund(amount: Money, *, left: Money) -> None:
    """No more is paid out than is left. Raises BalanceRefused."""
    shares(amount, [left])


def too_little(wanted: Money, held: Money) -> BalanceRefused:
    """The balance holds less."""
    return _no(
        f"余额 {held} 元，不够 {wanted} 元", f"The balance is {held} yuan, less than {wanted}", "请改金额：付款可以用余额付一部分，其余收现金；退余额不能超过余额。",
        "Change the sum: a payment may take a part of it and the rest in cash; a refund is no more than what is left.",
    )  # fmt: skip


def used_already(amount: Money, left: Money) -> BalanceRefused:
    """A deposit that was used is not taken back."""
    return _no(
        f"这笔预存 {amount} 元已经用过，余额只剩 {left} 元", f"This deposit of {amount} yuan was used: {left} are left",
        "请先作废用余额付的业务，或办理退余额。", "Void what the balance paid first, or refund what is left.",
    )  # fmt: skip


def _no(why: str, why_en: str, do: str, do_en: str) -> BalanceRefused:
    return BalanceRefused(field="balance", why=why, why_en=why_en, do=do, do_en=do_en)
