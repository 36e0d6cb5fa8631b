"""Asking, deciding, using, withdrawing, lending: one verb each, inside the caller's transaction."""

import hashlib
import json
from datetime import datetime, timedelta

from onehall.foundation.approvals import models
from onehall.foundation.approvals.contracts import (
    AlreadyDecided,
    ApprovalGone,
    ApprovalNotFitting,
    DelegationRefused,
    NoteMissing,
    Request,
    State,
    Wanted,
)
from onehall.foundation.approvals.policies import DELEGATION_DAYS, OPEN_HOURS, USE_HOURS
from onehall.foundation.approvals.queries import held_by, person_of, powers, request
from onehall.foundation.database import fetch_all, fetch_one, in_transaction
from onehall.foundation.identity.models import Grant, User
from onehall.foundation.policy import PolicyBook
from onehall.foundation.scopes import Actor, NotFound

_ASK = """
    insert into approvals_request (kind, subject, body, digest, size, reason, hall_id, halls, asked_by_id, person,
                                   asked_at, expires_at, closed_why)
    values (%(kind)s, %(subject)s, %(body)s, %(digest)s, %(size)s, %(reason)s, %(hall)s, %(halls)s, %(user)s, %(person)s,
            %(at)s, %(until)s, '')
    on conflict (person, digest) where closed_at is null do nothing returning id
"""
_ASKED = (
    "select id from approvals_request where person = %(person)s and digest = %(digest)s and closed_at is null"
)
_LAPSE = """
    update approvals_request r set closed_at = %(at)s, closed_why = 'lapsed'
    where r.person = %(person)s and r.digest = %(digest)s and r.closed_at is null and (
        case when exists (select 1 from approvals_decision d where d.request_id = r.id)
        then exists (select 1 from approvals_decision d where d.request_id = r.id and d.usable_until <= %(at)s)
        else r.expires_at <= %(at)s end)
"""
_WHY = {
    State.LAPSED: ("已过期", "has lapsed"),
    State.WITHDRAWN: ("已撤回", "was withdrawn"),
    State.USED: ("已用过", "was used already"),
    State.DECLINED: ("没有批准", "was declined"),
    State.WAITING: ("还没有批准", "is not decided yet"),
    State.APPROVED: ("已经批准", "is approved already"),
}


def digest_of(wanted: Wanted) -> bytes:
    """What makes two requests the same: kind, body and halls; neither the reason nor the size."""
    meant = {"kind": wanted.kind, "body": wanted.body, "halls": sorted(wanted.halls)}
    return hashlib.sha256(json.dumps(meant, sort_keys=True, ensure_ascii=False).encode()).digest()


@in_transaction
def ask(*, wanted: Wanted, book: PolicyBook, by: Actor, at: datetime) -> tuple[Request, bool]:
    """The open request for this very thing, and whether it is new: asked twice it waits once."""
    person = person_of(by.user_id)
    facts = {
        "kind": wanted.kind, "subject": wanted.subject, "body": json.dumps(wanted.body), "digest": digest_of(wanted),
        "size": wanted.size, "reason": wanted.reason, "hall": by.hall_id, "halls": list(wanted.halls),
        "user": by.user_id, "person": person, "at": at, "until": at + timedelta(hours=book[OPEN_HOURS]),
    }  # fmt: skip
    fetch_all(_LAPSE + " returning id", facts)
    made = fetch_one(_ASK, facts)
    found = made or fetch_one(_ASKED, facts)
    if found is None:  # closed by another hand in this very moment: then it is asked anew
        made = found = fetch_one(_ASK, facts)
    if found is None:
        raise ApprovalGone(why="刚被别人办过", why_en="was handled this very moment")
    return request(found["id"], at=at, scope=by.scope), made is not None


@in_transaction
def decide(
    *, request_id: int, approve: bool, note: str, book: PolicyBook, by: Actor, at: datetime
) -> Request:
    """The one decision on a request. Raises NotFound, OwnRequest, NotPermitted, NoteMissing, AlreadyDecided, ApprovalGone."""
    asked = _locked(request_id, by, at)
    held = powers(by=by, at=at).over(asked)
    if asked.decided_at is not None:
        raise AlreadyDecided(who=f" {asked.decided_by} ", who_en=asked.decided_by)
    if asked.state is not State.WAITING:
        raise _gone(asked)
    if not approve and not note.strip():
        raise NoteMissing(field="note")
    models.Decision.objects.create(
        request_id=request_id, approved=approve, by_id=by.user_id, person=person_of(by.user_id), held_by=held,
        note=note.strip()[:200], at=at, usable_until=_until(asked, book, at) if approve else None,
    )  # fmt: skip
    if not approve:
        _close(request_id, State.DECLINED, at)
    return request(request_id, at=at, scope=by.scope)


@in_transaction
def use(
    *, request_id: int, wanted: Wanted, grown_percent: int, what: str, by: Actor, at: datetime
) -> Request:
    """Uses an approval, once, for the very thing that was approved, grown at most so much since.

    Raises NotFound, ApprovalGone, ApprovalNotFitting.
    """
    asked = _locked(request_id, by, at)
    if asked.asked_person != person_of(by.user_id):
        raise ApprovalNotFitting(why="申请人是别人", why_en="somebody else asked for it")
    if asked.state is not State.APPROVED:
        raise _gone(asked)
    row = models.Request.objects.get(pk=request_id)
    if bytes(row.digest) != digest_of(wanted):
        raise ApprovalNotFitting(why="内容和申请的不同", why_en="it differs from what was asked for")
    if wanted.size * 100 > asked.size * (100 + grown_percent):
        raise ApprovalNotFitting(
            why=f"现在有 {wanted.size}，批准时是 {asked.size}",
            why_en=f"it is {wanted.size} now and was {asked.size}",
        )
    models.Use.objects.create(request_id=request_id, by_id=by.user_id, at=at, what=what)
    _close(request_id, State.USED, at)
    return request(request_id, at=at, scope=by.scope)


@in_transaction
def withdraw(*, request_id: int, by: Actor, at: datetime) -> Request:
    """Takes one's own request back, also after its approval. A second time changes nothing.

    Raises NotFound, ApprovalNotFitting, ApprovalGone.
    """
    asked = _locked(request_id, by, at)
    if asked.asked_person != person_of(by.user_id):
        raise ApprovalNotFitting(why="只有申请人自己能撤回", why_en="only whoever asked takes it back")
    if asked.state is State.WITHDRAWN:
        return asked
    if asked.state not in (State.WAITING, State.APPROVED):
        raise _gone(asked)
    _close(request_id, State.WITHDRAWN, at)
    return request(request_id, at=at, scope=by.scope)


@in_transaction
def delegate(
    *,
    to_staff_no: str,
    start: datetime,
    end: datetime,
    reason: str,
    book: PolicyBook,
    by: Actor,
    at: datetime,
) -> int:
    """Lends one's right to decide from `start` to `end`. What was lent cannot be lent on. Raises DelegationRefused."""
    taker = _taker(to_staff_no, by)
    longest = book[DELEGATION_DAYS]
    if not (at - timedelta(days=1) <= start < end and end - start <= timedelta(days=longest) and end > at):
        raise DelegationRefused(
            field="end", why=f"起止日期应从今天起、先后不颠倒、最长 {longest} 天",
            why_en=f"the days begin today or later, in order, {longest} at most",
        )  # fmt: skip
    if not reason.strip():
        raise DelegationRefused(field="reason", why="没有写原因", why_en="its reason is missing")
    made = models.Delegation.objects.create(
        lender_id=by.user_id, taker_id=taker, hall_id=by.hall_id, start=start, end=end, reason=reason.strip()[:200],
        made_at=at,
    )  # fmt: skip
    return made.pk


@in_transaction
def end_delegation(*, delegation_id: int, by: Actor, at: datetime) -> None:
    """Takes a lent right back from this moment on; a second time changes nothing. Raises NotFound, DelegationRefused."""
    rows = models.Delegation.objects.select_for_update().filter(pk=delegation_id)
    row = (rows if by.halls is None else rows.filter(hall_id__in=by.halls)).first()
    if row is None:
        raise NotFound(what="这项委托", what_en="This delegation")
    if person_of(by.user_id) not in (person_of(row.lender_id), person_of(row.taker_id)):
        raise DelegationRefused(why="委托的双方以外，别人不能收回", why_en="only the two concerned end it")
    models.Delegation.objects.filter(pk=row.pk, ended_at=None).update(ended_at=at)


def _taker(staff_no: str, by: Actor) -> int:
    """Somebody else of this hall, where there is a right to lend."""
    taker = User.objects.filter(staff_no=staff_no.strip(), is_active=True).first()
    if taker is None or not Grant.objects.filter(user=taker, hall_id=by.hall_id).exists():
        raise DelegationRefused(
            field="to", why="本厅没有这个工号", why_en="nobody of this hall has this number"
        )
    mine = person_of(by.user_id)
    if person_of(taker.pk) == mine:
        raise DelegationRefused(field="to", why="受托人是自己", why_en="that is yourself")
    if not held_by([mine]).get(mine):
        raise DelegationRefused(field="to", why="您没有审批权可以委托", why_en="you hold no right to decide")
    return taker.pk


def _until(asked: Request, book: PolicyBook, at: datetime) -> datetime:
    """How long it holds: to the end that the request itself names, else the policy's hours."""
    named = asked.body.get("until")
    return datetime.fromisoformat(str(named)) if named else at + timedelta(hours=book[USE_HOURS])


def _locked(request_id: int, by: Actor, at: datetime) -> Request:
    """The row is held until the transaction ends: of two hands one waits here and then sees what the other did."""
    models.Request.objects.select_for_update().filter(pk=request_id).first()
    return request(request_id, at=at, scope=by.scope)


def _close(request_id: int, why: State, at: datetime) -> None:
    models.Request.objects.filter(pk=request_id, closed_at=None).update(closed_at=at, closed_why=why.value)


def _gone(asked: Request) -> ApprovalGone:
    why, why_en = _WHY[asked.state]
    return ApprovalGone(why=why, why_en=why_en)
