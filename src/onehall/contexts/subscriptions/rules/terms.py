"""When terms begin and end, how a subscription ends, which points cost a fee."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from itertools import pairwise

from onehall.contexts.subscriptions.contracts import EndingKind, Term
from onehall.foundation.values.period import CHINA, Period, add_months, local, midnight
from onehall.foundation.values.text import Text

_HINT = Text(
    "中途不退费是经营者的规定；以格式条款排除或限制消费者权利的内容无效（消费者权益保护法第26条）。",
    "Not refunding is the operator's own term; standard terms that exclude or limit consumers' rights are void"
    " (Law on the Protection of Consumer Rights, article 26).",
)


@dataclass(frozen=True, slots=True)
class TermDates:
    """A term, and the day of the month that its ends are counted from."""

    period: Period
    anchor_day: int


@dataclass(frozen=True, slots=True)
class EndingDecision:
    """CHG-02: when it may end, and the legal hint to show (LAW-07)."""

    kind: EndingKind
    effective_at: datetime
    hint: Text | None


def first_term_start(*, accepted: datetime, delay_days: int, zone: tzinfo = CHINA) -> datetime:
    """ORD-09: 00:00 of the local day that lies `delay_days` after the day of acceptance."""
    return midnight(local(accepted, zone=zone).date() + timedelta(days=delay_days), zone=zone)


def term_end(*, start: datetime, months: int, anchor_day: int, zone: tzinfo = CHINA) -> datetime:
    """`months` later on the anchor day, or on that month's last day; the wall-clock time stays."""
    here = local(start, zone=zone)
    first_of_month = add_months(here.replace(day=1), months, zone=zone)
    last_day = (add_months(first_of_month, 1, zone=zone) - timedelta(days=1)).day
    return first_of_month.replace(day=min(anchor_day, last_day))


def first_term(*, start: datetime, months: int, zone: tzinfo = CHINA) -> TermDates:
    """The term that opens a subscription: its first day is the anchor of all that follow without a break."""
    anchor = local(start, zone=zone).day
    return TermDates(
        Period(start, term_end(start=start, months=months, anchor_day=anchor, zone=zone)), anchor
    )


def start_after_installation(
    *, booked: datetime, finished: datetime, rule: str, zone: tzinfo = CHINA
) -> datetime:
    """ORD-09: when the first term begins after all, once the installation is finished.

    `rule` is the policy's choice: `fixed` as booked; `earlier` on the day it was finished, if that is earlier;
    `installation` on that day in any case.
    """
    day = midnight(local(finished, zone=zone).date(), zone=zone)
    return {"earlier": min(booked, day), "installation": day}.get(rule, booked)


def moved_terms(terms: Sequence[Term], *, start: datetime, zone: tzinfo = CHINA) -> list[TermDates]:
    """The same months from another first day; what followed without a break follows without one, nothing overlaps."""
    moved = [first_term(start=start, months=term.months, zone=zone) for term in terms[:1]]
    for before, term in pairwise(terms):
        end, whole = moved[-1].period.end, before.period.end == term.period.start
        begins = end if whole else max(end, term.period.start)
        anchor = moved[-1].anchor_day if whole else local(begins, zone=zone).day
        ends = term_end(start=begins, months=term.months, anchor_day=anchor, zone=zone)
        moved.append(TermDates(Period(begins, ends), anchor))
    return moved


def renewal_start(*, expiry: datetime, paid: datetime, zone: tzinfo = CHINA) -> datetime:
    """CHG-01: the old expiry if paid before it, else 00:00 of the day of payment, never before the old expiry."""
    if paid < expiry:
        return expiry
    return max(expiry, midnight(local(paid, zone=zone).date(), zone=zone))


def renewal(
    *, expiry: datetime, anchor_day: int, paid: datetime, months: int, zone: tzinfo = CHINA
) -> TermDates:
    """CHG-01: the renewing term. Without a break it keeps the anchor day; after one it starts a new count."""
    start = renewal_start(expiry=expiry, paid=paid, zone=zone)
    anchor = anchor_day if start == expiry else local(start, zone=zone).day
    return TermDates(
        Period(start, term_end(start=start, months=months, anchor_day=anchor, zone=zone)), anchor
    )


def may_change_speed(*, starts_at: datetime, expiry: datetime | None) -> bool:
    """CAT-02: another speed may begin when the paid term is over, not inside it."""
    return expiry is None or starts_at >= expiry


def decide_ending(
    *, terms: Sequence[Term], binding_months: int, at: datetime, show_hint: bool
) -> EndingDecision:
    """CHG-02: a term of at least `binding_months` is served to its end; others end now. Nothing is refunded (LAW-07)."""
    hint = _HINT if show_hint else None
    ahead = [term for term in terms if term.period.end > at and not term.cancelled]
    binding = [term.period.end for term in ahead if term.months >= binding_months]
    if binding:
        return EndingDecision(EndingKind.AT_EXPIRY, max(binding), hint)
    return EndingDecision(EndingKind.NOW, at, hint if ahead else None)


def points_to_charge(*, existing: int, requested: int, included: int) -> int:
    """ADR-06, FEE-02: how many of `requested` further points cost a fee, when a dwelling has `included` for nothing."""
    return max(0, existing + requested - included) - max(0, existing - included)


def moved_on(*, terms: Sequence[Term], pause: Period, zone: tzinfo = CHINA) -> list[TermDates]:
    """CHG-03: every term ends later by the length of the pause; those that begin in it or after it begin later, too."""
    away = pause.end - pause.start
    moved = []
    for term in terms:
        start = term.period.start + away if term.period.start >= pause.start else term.period.start
        end = term.period.end + away if term.period.end > pause.start else term.period.end
        anchor = term.anchor_day if end == term.period.end else local(end, zone=zone).day
        moved.append(TermDates(Period(start, end), anchor))
    return moved


def moved_back(*, terms: Sequence[Term], pause: Period, anchors: Sequence[int]) -> tuple[TermDates, ...]:
    """The dates of the terms as they were before a suspension that is taken back."""
    away = pause.end - pause.start
    starts = [one.period.start - away if one.period.start >= pause.end else one.period.start for one in terms]
    ends = [one.period.end - away if one.period.end > pause.end else one.period.end for one in terms]
    return tuple(
        TermDates(Period(start, end), anchor)
        for start, end, anchor in zip(starts, ends, anchors, strict=True)
    )
