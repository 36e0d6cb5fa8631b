"""Deciding about telephone lines: values in, values out. Money is in units: whole numbers of 1/10000 yuan."""

from collections.abc import Sequence
from datetime import date, datetime

from onehall.contexts.voice.contracts import LineState, MonthRun, RunRefused, StateRefused, TopUpRefused
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import midnight


def check_state(state: LineState) -> None:
    """Refuses what no line can be: without a number or plan, money below zero, annual credit without its last day (CAT-04)."""
    if not (state.number.isascii() and state.number.isdigit()):
        raise StateRefused(
            field="number", why="电话号码要是数字", why_en="A telephone number is made of digits"
        )
    if not state.plan:
        raise StateRefused(field="plan", why="没有资费", why_en="The plan is missing")
    for name in ("monthly_credit", "annual_credit", "alarm_threshold"):
        if getattr(state, name) < 0:
            raise StateRefused(field=name, why="金额不能小于零", why_en="An amount cannot be below zero")
    if state.annual_credit and state.annual_credit_until is None:
        raise StateRefused(
            field="annual_credit_until", why="年赠送话费没有到期日", why_en="Annual credit has no last day"
        )


def next_month(month: date) -> date:
    """The first day of the month after."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def check_start(month: date, *, runs: Sequence[MonthRun], at: datetime) -> None:
    """A month is run once it is over, after the one before it is approved and before any later one (BIL-04)."""
    if midnight(next_month(month)) > at:
        raise RunRefused(
            field="month", why=f"{month:%Y-%m} 还没有结束", why_en=f"{month:%Y-%m} is not over",
            do="请在下月一日以后再出帐。", do_en="Run it from the first day of the next month on.",
        )  # fmt: skip
    standing = [run for run in runs if run.withdrawn_at is None]
    later = next((run for run in standing if run.month > month), None)
    if later is not None:
        raise RunRefused(
            field="month", why=f"{later.month:%Y-%m} 已经出帐", why_en=f"{later.month:%Y-%m} was run already",
            do="晚到的话单和更正会作为调整记入下一个月。", do_en="What comes late becomes an adjustment of the next month.",
        )  # fmt: skip
    waiting = next((run for run in standing if run.approved_at is None), None)
    if waiting is not None:
        raise RunRefused(
            field="month", why=f"{waiting.month:%Y-%m} 还没有核准", why_en=f"{waiting.month:%Y-%m} is not approved yet",
            do="请先核准或撤回。", do_en="Approve or withdraw it first.",
        )  # fmt: skip
    last = max((run.month for run in standing), default=None)
    if last is not None and next_month(last) != month:
        raise RunRefused(
            field="month", why=f"{next_month(last):%Y-%m} 还没有出帐", why_en=f"{next_month(last):%Y-%m} was not run yet",
            do="请按月份次序出帐。", do_en="Run the months in their order.",
        )  # fmt: skip


def check_approval(run: MonthRun, *, by: int) -> None:
    """A trial that is whole, by somebody else than who asked for it (LAW-12)."""
    _check_waits(run)
    if run.drafted_at is None:
        raise RunRefused(
            why="试算还没有做完",
            why_en="The trial is not finished",
            do="请稍候刷新。",
            do_en="Reload in a moment.",
        )
    if run.asked_by == by:
        raise RunRefused(
            why="自己发起的出帐要由另一人核准", why_en="Who started the run does not approve it", do="请另一位有权限的人核准。",
            do_en="Ask somebody else who may.",
        )  # fmt: skip


def check_withdrawal(run: MonthRun, *, why: str) -> None:
    """A trial that was not approved, with a reason."""
    _check_waits(run)
    if not why.strip():
        raise RunRefused(
            field="why",
            why="没有写撤回的原因",
            why_en="The reason is missing",
            do="请写一句。",
            do_en="Write a sentence.",
        )


def _check_waits(run: MonthRun) -> None:
    if run.approved_at is not None or run.withdrawn_at is not None:
        raise RunRefused(
            why="这次出帐已经核准或撤回", why_en="This run was approved or withdrawn already", do="请刷新页面查看。",
            do_en="Reload the page.",
        )  # fmt: skip


def check_shown(run: MonthRun, *, fen: int) -> None:
    """What is approved is what was looked at."""
    if run.fen != fen:
        raise RunRefused(
            why="金额已经变化", why_en="The sum has changed", do="请刷新页面，核对后再核准。", do_en="Reload the page, check it and approve again.",
        )  # fmt: skip


PER_FEN = 100  # structural: a fen is a hundred units of 1/10000 yuan


def check_top_up(line: LineState, *, amount: Money, least: int, most: int) -> None:
    """A recharge of a line that lives, within what one recharge may be (`least` and `most` in fen)."""
    if line.closed:
        raise TopUpRefused(
            field="line", why=f"{line.number} 已经销号", why_en=f"{line.number} is closed", do="请选客户在用的号码。",
            do_en="Choose a number that the customer has.",
        )  # fmt: skip
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
