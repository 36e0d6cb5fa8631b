"""A month's bills and who lets them stand. Money is in units: whole numbers of 1/10000 yuan."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from onehall.foundation.refusals import Refusal
from onehall.foundation.values import ids
from onehall.foundation.values.period import midnight


@dataclass(frozen=True, slots=True)
class MonthRun:
    """The bills of a month, and where they stand; sums in units, `fen` what goes to the books."""

    id: int
    month: date
    asked_by: ids.UserId
    asked_at: datetime
    drafted_at: datetime | None
    approved_by: ids.UserId | None
    approved_at: datetime | None
    withdrawn_at: datetime | None
    why: str
    bills: int
    rents: int
    charge: int
    credit_used: int
    adjustment: int
    due: int
    fen: int
    outliers: int


class RunRefused(Refusal):
    """A monthly run that cannot be started, approved or withdrawn now."""

    code = "voice.run_refused"
    rule = "BIL-04"
    zh = "{why}。"
    en = "{why_en}."
    alternative_zh = "{do}"
    alternative_en = "{do_en}"


def next_month(month: date) -> date:
    """The first day of the month after."""
    return (month + timedelta(days=31)).replace(day=1)  # structural: no month is longer


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
