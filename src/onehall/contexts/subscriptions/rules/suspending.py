"""停机保号: when a line may rest, and what that does to what is paid (CHG-03)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from onehall.contexts.subscriptions.contracts import Ending, Term
from onehall.contexts.subscriptions.rules.terms import TermDates, moved_on
from onehall.foundation.refusals import Refusal
from onehall.foundation.values.ids import SubscriptionId
from onehall.foundation.values.period import CHINA, Period, add_months, local, midnight
from onehall.foundation.values.text import Text

RESUME_HINT = Text(
    "停机期内不能提前复机是经营者的规定；以格式条款排除或限制消费者权利的内容无效（消费者权益保护法第26条）。",
    "Not resuming early is the operator's own term; standard terms that exclude or limit consumers' rights are void"
    " (Law on the Protection of Consumer Rights, article 26).",
)


@dataclass(frozen=True, slots=True)
class SuspensionLimits:
    """What the operator allows: months at a time, from how many months a term is annual, and how many must be left."""

    months: tuple[int, ...]
    annual_months: int
    more_than_months: int


@dataclass(frozen=True, slots=True)
class SuspensionDecision:
    """When the line rests, the dates of every paid term from the running one on, and the legal hint to show (LAW-07)."""

    pause: Period
    terms: tuple[TermDates, ...]
    hint: Text | None

    @property
    def expires_at(self) -> datetime:
        """The end of what is paid, as it is then."""
        return self.terms[-1].period.end


@dataclass(frozen=True, slots=True)
class Suspended:
    """A line that rests or is going to; `starts` maps the start of each term that moved to its new one."""

    subscription_id: SubscriptionId
    account_name: str
    pause: Period
    starts: dict[datetime, datetime]
    expires_at: datetime


class NotSuspendable(Refusal):
    """The line may not be suspended, or not now, or not for so long."""

    code = "subscriptions.not_suspendable"
    rule = "CHG-03"
    zh = "{account} 不能停机保号：{why}。"
    en = "{account} cannot be suspended: {why_en}."
    alternative_zh = "{instead_zh}"
    alternative_en = "{instead_en}"


KEEP_FIRST = Text("请先撤销到期拆机，再办理。", "Withdraw the booked end first.")
_ANNUAL_ONLY = Text(
    "包年单宽带剩余六个月以上时可以停 3 或 6 个月；到期不用也可以不续。",
    "An annual stand-alone line with more than six months left can rest for 3 or 6 months; or let it run out.",
)
_ENDS = (Text("已登记到期拆机", "its end is booked"), KEEP_FIRST)
_NOT_RUNNING = (
    Text("现在没有在用的付费期", "no paid term is running"),
    Text("付费期开始以后再办；已到期的请先续费。", "Wait for the term to begin; an expired line is renewed first."),
)  # fmt: skip
_BUNDLE = (Text("套餐（含固话）用户不办理停机", "bundle users are never suspended"), _ANNUAL_ONLY)
_SHORT_TERM = (
    Text("包月、半年等不满一年的用户不办理停机", "users of terms under a year are never suspended"), _ANNUAL_ONLY,
)  # fmt: skip
_No = tuple[Text, Text] | None
"""Why not, and what can be done instead."""


def decide_suspension(
    *, account: str, terms: Sequence[Term], bundles: Collection[str], ending: Ending | None, resting: Period | None,
    months: int, limits: SuspensionLimits, at: datetime, show_hint: bool = False, zone: tzinfo = CHINA,
) -> SuspensionDecision:  # fmt: skip
    """CHG-03: the line rests from the next midnight for `months`, and what is paid ends later by exactly the same time.

    `bundles` are the offerings with a fixed line. Eligibility is counted in days: whoever may at noon still may at 23:59.
    """
    today = midnight(local(at, zone=zone).date(), zone=zone)
    running = [term for term in terms if term.period.end > at]
    no = _ENDS if ending is not None else _rests(resting, at) or _not_this_kind(running, bundles, limits, at)
    no = no or _too_late(running, limits, today, zone) or _no_quarter(months, limits)
    if no is not None:
        why, instead = no
        said = {"why": why.zh, "why_en": why.en, "instead_zh": instead.zh, "instead_en": instead.en}
        raise NotSuspendable(account=account, **said)
    start = midnight(today.date() + timedelta(days=1), zone=zone)
    pause = Period(start, add_months(start, months, zone=zone))
    return SuspensionDecision(
        pause, tuple(moved_on(terms=running, pause=pause, zone=zone)), RESUME_HINT if show_hint else None
    )


def _rests(resting: Period | None, at: datetime) -> _No:
    if resting is None or at >= resting.end:
        return None
    back = f"{local(resting.end):%Y-%m-%d}"
    return (
        Text(f"已办停机，{back} 自动复机", f"it is suspended already and resumes on {back}"),
        Text("停机期内不能提前复机，也不能再停。", "It neither resumes early nor is suspended once more meanwhile."),
    )  # fmt: skip


def _not_this_kind(
    running: Sequence[Term], bundles: Collection[str], limits: SuspensionLimits, at: datetime
) -> _No:
    if not running or running[0].period.start > at:
        return _NOT_RUNNING
    if any(term.offering in bundles for term in running):
        return _BUNDLE
    return _SHORT_TERM if any(term.months < limits.annual_months for term in running) else None


def _too_late(running: Sequence[Term], limits: SuspensionLimits, today: datetime, zone: tzinfo) -> _No:
    ends, left = running[-1].period.end, limits.more_than_months
    if add_months(today, left, zone=zone) < ends:
        return None
    day = f"{local(ends, zone=zone):%Y-%m-%d}"
    return (
        Text(f"付到 {day}，剩余不超过 {left} 个月", f"it is paid until {day}, no more than {left} months"),
        Text("可先续一年，再办停机。", "Renew it for a year first, then suspend it."),
    )


def _no_quarter(months: int, limits: SuspensionLimits) -> _No:
    said = "、".join(str(one) for one in limits.months)
    if months in limits.months:
        return None
    return (
        Text(f"不能停 {months} 个月", f"{months} months cannot be chosen"),
        Text(f"停机按整季度办理，可选 {said} 个月。", f"It rests for whole quarters: {said} months."),
    )
