"""Sign-in, lock-out, sessions (SEC-08), roles and deny by default (ORG-06)."""

from datetime import UTC, datetime, timedelta

import pytest

from onehall.contexts.organisation.models import Hall, Region
from onehall.foundation.database import transaction
from onehall.foundation.identity import grants
from onehall.foundation.identity import services as identity
from onehall.foundation.identity.contracts import (
    AccountLocked,
    BadPassword,
    Failed,
    NoGrantHere,
    SignedIn,
    WrongCredentials,
)
from onehall.foundation.identity.models import Session, User
from onehall.foundation.identity.policies import (
    LOCKOUT_FAILURES,
    LOCKOUT_MINUTES,
    PASSWORD_MINIMUM,
    SECOND_FACTOR,
    SECOND_FACTOR_ROLES,
    SESSION_IDLE_MINUTES,
    SESSION_MAXIMUM_HOURS,
    SHIFT_ENDS,
)
from onehall.foundation.identity.queries import presence
from onehall.foundation.policy import PolicyBook
from onehall.foundation.policy.services import establish_value, policy_book

NOON = datetime(2026, 11, 21, 4, tzinfo=UTC)
SECRET = "correct-horse-9"


@pytest.fixture
def halls(db: None) -> tuple[int, int]:
    """Two halls of one region; the foundation knows them as numbers only."""
    region = Region.objects.create(code="t", name_zh="试验", name_en="Test", changed_at=NOON)
    first, second = (
        Hall.objects.create(code=code, region=region, compounds=[], changed_at=NOON).pk
        for code in ("t1", "t2")
    )
    return first, second


@pytest.fixture
def book(halls: tuple[int, int]) -> PolicyBook:
    with transaction():
        for key, value in (
            (LOCKOUT_FAILURES, 5),
            (LOCKOUT_MINUTES, 15),
            (SESSION_IDLE_MINUTES, 30),
            (SESSION_MAXIMUM_HOURS, 12),
            (PASSWORD_MINIMUM, 10),
            (SHIFT_ENDS, []),
            (SECOND_FACTOR, "enrolled"),
            (SECOND_FACTOR_ROLES, []),
        ):
            establish_value(
                key=key.code,
                value=value,
                valid_from=NOON - timedelta(days=1),
                source="t",
                verified=True,
                at=NOON,
            )
    return policy_book(hall_id=halls[0], at=NOON)


@pytest.fixture
def clerk(halls: tuple[int, int]) -> int:
    with transaction():
        identity.establish_role(code="t_clerk", name_zh="营", name_en="C", permissions=["desk.use"])
        identity.establish_role(code="t_guest", name_zh="客", name_en="G", permissions=["board.view"])
        user = identity.establish_user(staff_no="T0213", name="李敏", password=SECRET, must_change=False)
        grants.establish_grant(user_id=user, role_code="t_clerk", hall_id=halls[0])
        grants.establish_grant(user_id=user, role_code="t_guest", hall_id=halls[1])
    return user


def attempt(password: str, hall: int, book: PolicyBook, at: datetime = NOON) -> SignedIn | Failed:
    with transaction():
        return identity.sign_in(
            staff_no="T0213", password=password, hall_id=hall, counter_id=None, book=book, at=at
        )


@pytest.mark.rule("SEC-08")
def test_passwords_are_kept_as_argon2_and_never_readable(clerk: int) -> None:
    stored = User.objects.get(pk=clerk).password
    assert stored.startswith("argon2$argon2id$")
    assert SECRET not in stored


@pytest.mark.rule("ORG-06", "SEC-10")
def test_permissions_are_those_of_the_hall_one_signed_in_to(
    clerk: int, halls: tuple[int, int], book: PolicyBook
) -> None:
    for hall, expected in ((halls[0], {"desk.use"}), (halls[1], {"board.view"})):
        signed_in = attempt(SECRET, hall, book)
        assert isinstance(signed_in, SignedIn)
        who = presence(token=signed_in.token, at=NOON)
        assert who is not None
        assert who.actor.permissions == expected
        assert who.actor.halls == frozenset(halls)
        assert not who.actor.may("payment.take")


@pytest.mark.rule("SEC-08")
def test_five_failures_lock_the_account_even_against_the_right_password(
    clerk: int, halls: tuple[int, int], book: PolicyBook
) -> None:
    for _ in range(4):
        outcome = attempt("wrong", halls[0], book)
        assert isinstance(outcome, Failed)
        assert isinstance(outcome.refusal, WrongCredentials)
    fifth = attempt("wrong", halls[0], book)
    assert isinstance(fifth, Failed)
    assert isinstance(fifth.refusal, AccountLocked)
    locked = attempt(SECRET, halls[0], book)
    assert isinstance(locked, Failed)
    assert isinstance(locked.refusal, AccountLocked)
    assert isinstance(attempt(SECRET, halls[0], book, at=NOON + timedelta(minutes=16)), SignedIn)


@pytest.mark.rule("SEC-08")
def test_a_success_forgets_the_failures_before_it(
    clerk: int, halls: tuple[int, int], book: PolicyBook
) -> None:
    for _ in range(3):
        for _ in range(4):
            attempt("wrong", halls[0], book)
        assert isinstance(attempt(SECRET, halls[0], book), SignedIn)


@pytest.mark.rule("SEC-08")
def test_an_unknown_number_gets_the_same_answer_as_a_wrong_password(
    clerk: int, halls: tuple[int, int], book: PolicyBook
) -> None:
    with transaction():
        unknown = identity.sign_in(
            staff_no="nobody", password="x", hall_id=halls[0], counter_id=None, book=book, at=NOON
        )
    wrong = attempt("x", halls[0], book)
    assert isinstance(unknown, Failed)
    assert isinstance(wrong, Failed)
    assert unknown.refusal.sentence("zh") == wrong.refusal.sentence("zh")


@pytest.mark.rule("ORG-06")
def test_nobody_signs_in_where_they_hold_no_role(
    clerk: int, halls: tuple[int, int], book: PolicyBook
) -> None:
    outcome = attempt(SECRET, 999_999, book)
    assert isinstance(outcome, Failed)
    assert isinstance(outcome.refusal, NoGrantHere)


@pytest.mark.rule("ORG-06")
def test_a_post_that_is_given_up_takes_its_permissions_along(
    clerk: int, halls: tuple[int, int], book: PolicyBook
) -> None:
    with transaction():
        assert grants.withdraw_grants(user_id=clerk, keep={("t_clerk", halls[0])}) == 1
    assert isinstance(attempt(SECRET, halls[0], book), SignedIn)
    outcome = attempt(SECRET, halls[1], book)
    assert isinstance(outcome, Failed)
    assert isinstance(outcome.refusal, NoGrantHere)


@pytest.mark.rule("SEC-08")
def test_sessions_end_when_idle_when_old_and_when_the_person_signs_in_elsewhere(
    clerk: int, halls: tuple[int, int], book: PolicyBook
) -> None:
    first = attempt(SECRET, halls[0], book)
    assert isinstance(first, SignedIn)
    assert presence(token=first.token, at=NOON + timedelta(minutes=29)) is not None
    assert presence(token=first.token, at=NOON + timedelta(minutes=31)) is None
    identity.touch_session(session_id=first.session_id, at=NOON + timedelta(hours=11, minutes=55))
    assert presence(token=first.token, at=NOON + timedelta(hours=11, minutes=59)) is not None
    assert presence(token=first.token, at=NOON + timedelta(hours=12, minutes=1)) is None
    second = attempt(SECRET, halls[0], book)
    assert isinstance(second, SignedIn)
    assert presence(token=first.token, at=NOON) is None
    assert Session.objects.get(pk=first.session_id).ended_why == "signed_in_again"


@pytest.mark.rule("SEC-08")
def test_only_the_tokens_hash_is_stored(clerk: int, halls: tuple[int, int], book: PolicyBook) -> None:
    signed_in = attempt(SECRET, halls[0], book)
    assert isinstance(signed_in, SignedIn)
    stored = Session.objects.get(pk=signed_in.session_id)
    assert signed_in.token.encode() not in bytes(stored.token_hash)


@pytest.mark.rule("SEC-08")
def test_changing_the_password_needs_the_old_one_and_a_good_new_one(
    clerk: int, halls: tuple[int, int], book: PolicyBook
) -> None:
    def change(old: str, new: str) -> None:
        with transaction():
            identity.change_password(user_id=clerk, old=old, new=new, keep_session=None, book=book, at=NOON)

    with pytest.raises(WrongCredentials):
        change("guess", "another-secret-1")
    for weak in ("short", SECRET, "T0213-T0213-T0213"):
        with pytest.raises(BadPassword):
            change(SECRET, weak)
    signed_in = attempt(SECRET, halls[0], book)
    assert isinstance(signed_in, SignedIn)
    change(SECRET, "another-secret-1")
    assert presence(token=signed_in.token, at=NOON) is None
    assert isinstance(attempt("another-secret-1", halls[0], book), SignedIn)
