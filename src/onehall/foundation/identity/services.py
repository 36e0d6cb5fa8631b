"""Users, roles, grants, sign-in and sessions."""

import functools
import hashlib
import secrets
from collections.abc import Collection
from datetime import datetime, timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.utils.timezone import localtime

from onehall.foundation.database import fetch_all, in_transaction
from onehall.foundation.identity.contracts import (
    AccountLocked,
    BadPassword,
    Failed,
    LessonOwed,
    NoGrantHere,
    SignedIn,
    WrongCredentials,
)
from onehall.foundation.identity.models import Grant, Role, SecondFactor, Session, User
from onehall.foundation.identity.policies import LOCKOUT_FAILURES, LOCKOUT_MINUTES, PASSWORD_MINIMUM
from onehall.foundation.policy import PolicyBook
from onehall.foundation.values.ids import HallId, SessionId, UserId


@functools.cache
def _nobodys_password() -> str:
    """A hash to check against when the number is unknown, so that the answer takes as long as otherwise."""
    return make_password(secrets.token_urlsafe())


def token_hash(token: str) -> bytes:
    """What the database keeps of a session's token."""
    return hashlib.sha256(token.encode()).digest()


@in_transaction
def establish_role(*, code: str, name_zh: str, name_en: str, permissions: list[str]) -> int:
    """Sets a role's names and permissions; its id."""
    facts = {"name_zh": name_zh, "name_en": name_en, "permissions": sorted(permissions)}
    return Role.objects.update_or_create(code=code, defaults=facts)[0].pk


@in_transaction
def establish_user(
    *, staff_no: str, name: str, password: str | None, must_change: bool, lesson_owed: bool = False, service: bool = False
) -> UserId:  # fmt: skip
    """Makes a login, or brings its name up to date; an existing password is never touched.

    A new one that owes its confidentiality lesson opens nothing until that is recorded as passed (SEC-06). With `service` it is
    no person's: it has no password, and nobody ever signs in with it.
    """
    user, made = User.objects.get_or_create(
        staff_no=staff_no, defaults={"name": name, "must_change": must_change, "lesson_owed": lesson_owed}
    )
    if made:
        user.password = make_password(password)
        user.save(update_fields=["password"])
    elif user.name != name:
        User.objects.filter(pk=user.pk).update(name=name)
    if service:
        User.objects.filter(pk=user.pk).update(is_active=False, password=make_password(None))
    return UserId(user.pk)


@in_transaction
def sign_in(
    *, staff_no: str, password: str, hall_id: int, counter_id: int | None, book: PolicyBook, at: datetime
) -> SignedIn | Failed | UserId:
    """Checks the password, counts failures (SEC-08) and opens a session bound to the counter.

    A failure is returned, not raised: its count must be committed. The person's id where a second proof is needed: failures
    are forgotten only after that one, so that guessing codes locks the account, too.
    """
    user = User.objects.select_for_update().filter(staff_no=staff_no, is_active=True).first()
    if user is None:
        check_password(password, _nobodys_password())
        return Failed(WrongCredentials(field="staff_no"))
    if user.locked_until is not None and user.locked_until > at:
        return Failed(locked(user))
    if not check_password(password, user.password):
        return Failed(count_failure(user, book=book, at=at))
    if user.lesson_owed:
        return Failed(LessonOwed(field="staff_no"))
    grants = Grant.objects.filter(user=user)
    if not (grants.filter(hall_id=hall_id).exists() or grants.filter(hall_id=None).exists()):
        return Failed(NoGrantHere(field="hall"))
    if SecondFactor.objects.filter(user=user, revoked_at=None).exclude(confirmed_at=None).exists():
        return UserId(user.pk)
    User.objects.filter(pk=user.pk).update(failed_attempts=0, locked_until=None)
    return open_session(user, hall_id=hall_id, counter_id=counter_id, at=at)


def locked(user: User) -> AccountLocked:
    """Says until when."""
    return AccountLocked(field="staff_no", until=f"{localtime(user.locked_until):%H:%M}")


def count_failure(user: User, *, book: PolicyBook, at: datetime) -> WrongCredentials | AccountLocked:
    """One more failure of a person, whose row the caller holds; the last one allowed locks the account."""
    failures = user.failed_attempts + 1
    until = at + timedelta(minutes=book[LOCKOUT_MINUTES]) if failures >= book[LOCKOUT_FAILURES] else None
    User.objects.filter(pk=user.pk).update(failed_attempts=0 if until else failures, locked_until=until)
    if until:
        return AccountLocked(field="staff_no", until=f"{localtime(until):%H:%M}")
    return WrongCredentials(field="staff_no")


def open_session(user: User, *, hall_id: int, counter_id: int | None, at: datetime) -> SignedIn:
    """One person at a counter, one session a person: whatever was open there ends."""
    ended = Session.objects.filter(ended_at=None)
    ended.filter(user=user).update(ended_at=at, ended_why="signed_in_again")
    if counter_id is not None:
        ended.filter(counter_id=counter_id).update(ended_at=at, ended_why="counter_taken")
    token = secrets.token_urlsafe(32)
    session = Session.objects.create(
        token_hash=token_hash(token),
        user=user,
        hall_id=hall_id,
        counter_id=counter_id,
        started_at=at,
        seen_at=at,
    )
    return SignedIn(UserId(user.pk), SessionId(session.pk), HallId(hall_id), token, user.must_change)


@in_transaction
def lock_session(*, session_id: int, at: datetime) -> None:
    """The screen shows nothing until its person's password is given (SEC-03)."""
    Session.objects.filter(pk=session_id, ended_at=None, locked_at=None).update(locked_at=at)


@in_transaction
def unlock_session(
    *, session_id: int, user_id: int, password: str, book: PolicyBook, at: datetime
) -> Failed | None:
    """Opens a locked screen; a failure is returned, so that its count is committed, and the last one allowed ends the session."""
    user = User.objects.select_for_update().get(pk=user_id)
    if check_password(password, user.password):
        User.objects.filter(pk=user.pk).update(failed_attempts=0, locked_until=None)
        Session.objects.filter(pk=session_id).update(locked_at=None, seen_at=at)
        return None
    refusal = count_failure(user, book=book, at=at)
    if isinstance(refusal, AccountLocked):
        end_session(session_id=session_id, why="unlock_failed", at=at)
    refusal.field = "password"
    return Failed(refusal)


@in_transaction
def end_session(*, session_id: int, why: str, at: datetime) -> None:
    """Ends a session; ending it twice changes nothing."""
    Session.objects.filter(pk=session_id, ended_at=None).update(ended_at=at, ended_why=why)


def user_exists(staff_no: str) -> bool:
    """Whether a login has this staff number."""
    return User.objects.filter(staff_no=staff_no).exists()


def lessons_owed(user_ids: Collection[int]) -> set[int]:
    """Which of these logins wait for their confidentiality lesson."""
    return set(User.objects.filter(pk__in=user_ids, lesson_owed=True).values_list("pk", flat=True))


@in_transaction
def lesson_passed(*, user_id: int) -> None:
    """The confidentiality lesson is recorded as passed: the login opens from now on (SEC-06)."""
    User.objects.filter(pk=user_id).update(lesson_owed=False)


@in_transaction
def end_sessions_of(*, user_id: int, keep: int | None, why: str, at: datetime) -> int:
    """The person's sessions end, but for the one to `keep`; how many."""
    mine = Session.objects.filter(user_id=user_id, ended_at=None).exclude(pk=keep or 0)
    return mine.update(ended_at=at, ended_why=why)


@in_transaction
def end_all_sessions(*, why: str, at: datetime) -> int:
    """Everybody signs in again; how many sessions ended."""
    return Session.objects.filter(ended_at=None).update(ended_at=at, ended_why=why)


@in_transaction
def forget_sessions(*, before: datetime, limit: int) -> int:
    """Deletes sessions that ended before this moment, at most `limit`; how many."""
    old = Session.objects.filter(ended_at__lt=before).order_by("pk").values("pk")[:limit]
    return Session.objects.filter(pk__in=list(old.values_list("pk", flat=True))).delete()[0]


@in_transaction
def change_password(
    *, user_id: int, old: str, new: str, keep_session: int | None, book: PolicyBook, at: datetime
) -> None:
    """Replaces one's own password; every other session of the person ends."""
    user = User.objects.select_for_update().get(pk=user_id)
    if not check_password(old, user.password):
        raise WrongCredentials(field="old")
    minimum = book[PASSWORD_MINIMUM]
    if len(new) < minimum:
        raise BadPassword(
            field="new", why=f"至少 {minimum} 位", why_en=f"at least {minimum} characters are needed"
        )
    if check_password(new, user.password) or user.staff_no in new:
        raise BadPassword(
            field="new", why="与旧密码或工号相同", why_en="it repeats the old one or the staff number"
        )
    User.objects.filter(pk=user_id).update(password=make_password(new), must_change=False)
    Session.objects.filter(user_id=user_id, ended_at=None).exclude(pk=keep_session or 0).update(
        ended_at=at, ended_why="password_changed"
    )


@in_transaction
def require_password(*, user_id: int, password: str, field: str) -> None:
    """Whoever sits at an open session proves once more who they are. Raises WrongCredentials."""
    if not check_password(password, User.objects.get(pk=user_id).password):
        raise WrongCredentials(field=field)


def touch_session(*, session_id: int, at: datetime) -> None:
    """Keeps a session awake; one narrow update outside any business transaction."""
    fetch_all(
        "update identity_session set seen_at = %(at)s where id = %(id)s and seen_at < %(at)s",
        {"id": session_id, "at": at},
    )
