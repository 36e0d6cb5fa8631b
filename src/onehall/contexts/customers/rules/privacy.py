"""What a customer may ask about their own data, and why a deletion is refused (LAW-30, REC-02)."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from onehall.foundation.refusals import Refusal
from onehall.foundation.values.ids import PartyId
from onehall.foundation.values.period import add_months


class ConsentKind(StrEnum):
    """What is agreed to: the notice itself; identity numbers as sensitive data, apart; being called after a service."""

    NOTICE = "notice"
    SENSITIVE = "sensitive"
    CALLS = "calls"


class Obstacle(StrEnum):
    """Why particulars cannot be deleted now."""

    LIVE_LINE = "live_line"
    UNFINISHED = "unfinished"
    WORK = "work"
    BALANCE = "balance"
    LEGAL_HOLD = "legal_hold"
    RETENTION = "retention"


NEEDED_WHILE_SERVED = frozenset({ConsentKind.NOTICE, ConsentKind.SENSITIVE})
"""Real-name service rests on these: taken back only once no line is left (PIPL article 13 (1) 2, article 16)."""


@dataclass(frozen=True, slots=True)
class ConsentGiven:
    """The word of a customer that holds."""

    kind: ConsentKind
    version: str
    given: bool
    guardian: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Ties:
    """What still binds the hall to a customer. `last_business`: when the last paid service began or ended; None for none."""

    live_lines: int
    unfinished: int
    open_work: int
    held: bool
    last_business: datetime | None
    balance: bool = False


@dataclass(frozen=True, slots=True)
class DeletionState:
    """A request, and what became of it: refused by `obstacles`, certified by `code`, or waiting for the manager."""

    id: int
    party_id: PartyId
    at: datetime
    by_name: str
    obstacles: tuple[Obstacle, ...]
    code: str
    done_at: datetime | None
    gone: Mapping[str, int]


class ConsentNeeded(Refusal):
    code = "customers.consent_needed"
    rule = "LAW-30"
    zh = "还有在用业务，不能撤回“{kind}”：没有它就不能继续提供服务。"
    en = "“{kind_en}” cannot be withdrawn while a service runs: it rests on it."
    alternative_zh = "请先办理拆机；业务结束后可以撤回，并可以申请删除资料。"
    alternative_en = "End the service first; afterwards it can be withdrawn and deletion asked for."


class DeletionRefused(Refusal):
    code = "customers.deletion_refused"
    rule = "REC-02"
    zh = "现在不能删除：{why}。"
    en = "It cannot be deleted now: {why_en}."
    alternative_zh = "申请已登记，原因已写明；条件满足后可以再办。"
    alternative_en = "The request and its reasons are on record; ask again once they no longer hold."


class HoldReasonMissing(Refusal):
    code = "customers.hold_reason"
    rule = "REC-02"
    status = 400
    zh = "法律保留要写明依据。"
    en = "A legal hold needs its reason."
    alternative_zh = "例如：公安调查函文号、诉讼案号。"
    alternative_en = "For example the number of a police letter or of a case."


def obstacles(ties: Ties, *, keep_months: int, at: datetime) -> tuple[Obstacle, ...]:
    """Every reason that stands against deleting, in the order in which they are told; none means that it may be done.

    Records are kept `keep_months` after the last business; the moment itself is free.
    """
    kept = ties.last_business is not None and at < add_months(ties.last_business, keep_months)
    told = (
        (Obstacle.LEGAL_HOLD, ties.held),
        (Obstacle.LIVE_LINE, ties.live_lines > 0),
        (Obstacle.UNFINISHED, ties.unfinished > 0),
        (Obstacle.WORK, ties.open_work > 0),
        (Obstacle.BALANCE, ties.balance),
        (Obstacle.RETENTION, kept),
    )
    return tuple(obstacle for obstacle, stands in told if stands)


def may_withdraw(kind: ConsentKind, *, live_lines: int) -> bool:
    """Whether this consent can be taken back now."""
    return kind not in NEEDED_WHILE_SERVED or live_lines == 0


def certificate_code(*, party_id: int, request: int, gone: Mapping[str, int], at: datetime) -> str:
    """Proves which deletion a certificate is of, without saying who it was: 32 signs, the same for the same facts."""
    facts = json.dumps([party_id, request, dict(sorted(gone.items())), at.timestamp()])
    return hashlib.sha256(facts.encode()).hexdigest()[:32]
