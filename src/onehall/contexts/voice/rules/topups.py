"""Money paid in for a line, and taken back."""

from onehall.contexts.voice.contracts import LineState
from onehall.foundation.refusals import Refusal
from onehall.foundation.values.money import Money

PER_FEN = 100  # structural: a fen is a hundred units of 1/10000 yuan


class TopUpRefused(Refusal):
    """Money that cannot be paid in, or taken back."""

    code = "voice.top_up_refused"
    rule = "BIL-02"
    zh = "{why}。"
    en = "{why_en}."
    alternative_zh = "{do}"
    alternative_en = "{do_en}"


def check_in_use(line: LineState) -> None:
    """No money goes to a line that was closed. Raises TopUpRefused."""
    if line.closed:
        raise TopUpRefused(
            field="line", why=f"{line.number} 已经销号", why_en=f"{line.number} is closed", do="请选客户在用的号码。",
            do_en="Choose a number that the customer has.",
        )  # fmt: skip


def check_top_up(line: LineState, *, amount: Money, least: int, most: int) -> None:
    """A recharge of a line that lives, within what one recharge may be (`least` and `most` in fen)."""
    check_in_use(line)
    if not least <= amount.fen <= most:
        raise TopUpRefused(
            field="amount", why=f"一次充值 {Money(least)} 到 {Money(most)} 元", why_en=f"One recharge is {Money(least)} to {Money(most)} yuan",
            do="请改金额，或分几次充。", do_en="Change the amount, or recharge more than once.",
        )  # fmt: skip


def check_take_back(*, left: int, amount: Money) -> None:
    """A recharge goes back while what it brought is still there; `left` in units."""
    if left < amount.fen * PER_FEN:
        raise TopUpRefused(
            why="这笔充值已经用掉一部分，不能整笔退", why_en="Some of this recharge is used; it does not go back as a whole",
            do="余额的退款请在销号时办理。", do_en="What is left is given back when the line is closed.",
        )  # fmt: skip
