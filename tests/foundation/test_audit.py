"""The trail cannot be altered unnoticed (SEC-09)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection
from django.db import transaction as django_transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onehall.foundation.audit import record, seal, trail, verify
from onehall.foundation.audit.models import AuditEntry, AuditSeal
from onehall.foundation.database import transaction
from onehall.foundation.scopes import Scope

NOON = datetime(2026, 11, 21, 4, tzinfo=UTC)


def happenings(*halls: int) -> None:
    with transaction():
        for n, hall in enumerate(halls):
            record(
                action="tests.happened",
                subject="thing",
                subject_id=n,
                hall_id=hall,
                by=None,
                at=NOON,
                details={"n": n},
            )


def force(sql: str) -> None:
    """What someone with the keys of the database could do: switch the triggers off and write."""
    with connection.cursor() as cursor:
        cursor.execute("set local session_replication_role = replica")
        cursor.execute(sql)
        cursor.execute("set local session_replication_role = origin")


@pytest.fixture
def sealed(db: None) -> list[int]:
    happenings(1, 2, 1, 1, 2)
    with transaction():
        seal(limit=100)
    return list(AuditSeal.objects.filter(hall_id=1).order_by("place").values_list("entry_id", flat=True))


@pytest.mark.rule("SEC-09")
def test_untouched_chains_are_sound_and_the_unsealed_tail_is_named(sealed: list[int]) -> None:
    happenings(1)
    verdict = verify()
    assert verdict.sound
    assert verdict.unsealed == 1
    assert verdict.lines >= 5


@pytest.mark.rule("SEC-09")
@pytest.mark.parametrize("verb", ["update audit_auditentry set action = 'x'", "delete from audit_auditentry"])
def test_the_database_itself_refuses_to_change_or_delete_a_line(sealed: list[int], verb: str) -> None:
    with pytest.raises(DatabaseError), django_transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"{verb} where id = {sealed[0]}")
    with pytest.raises(DatabaseError), django_transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("delete from audit_auditseal")


@pytest.mark.rule("SEC-09")
@pytest.mark.parametrize(
    ("tampering", "expected"),
    [
        ("update audit_auditentry set details = '{}' where id = {second}", 1),
        ("update audit_auditentry set user_id = 7 where id = {second}", 1),
        ("update audit_auditentry set hall_id = 2 where id = {second}", 1),
        ("delete from audit_auditseal where entry_id = {second}", 2),
        ("delete from audit_auditentry where id = {second}", 1),
        ("update audit_auditseal set digest = sha256('x') where entry_id = {first}", 0),
    ],
)
def test_the_first_broken_link_is_named(sealed: list[int], tampering: str, expected: int) -> None:
    force(tampering.replace("{first}", str(sealed[0])).replace("{second}", str(sealed[1])))
    verdict = verify()
    assert not verdict.sound
    assert verdict.broken == sealed[expected]
    assert verdict.why
    force("delete from audit_auditseal where entry_id not in (select id from audit_auditentry)")


@pytest.mark.rule("SEC-09")
def test_a_line_smuggled_in_beside_the_queue_is_named(sealed: list[int]) -> None:
    force(
        "insert into audit_auditentry (at, hall_id, request_id, action, subject, subject_id, rule, details)"
        " values (now(), 1, '', 'x', 'y', '1', '', '{}')"
    )
    verdict = verify()
    assert verdict.broken == AuditEntry.objects.latest("id").pk


@pytest.mark.rule("SEC-09")
@given(
    at=st.integers(0, 2**52).map(lambda us: datetime.fromtimestamp(0, UTC) + timedelta(microseconds=us)),
    words=st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",)), max_size=40),
    details=st.recursive(
        st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats(allow_nan=False, allow_infinity=False)
        | st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",)), max_size=8),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["a", "bb", "Z", "中", "é"]), inner),
        max_leaves=8,
    ),
)  # fmt: skip
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_a_line_says_is_read_as_it_was_sealed(
    db: None, at: datetime, words: str, details: object
) -> None:
    with transaction():
        record(
            action=words,
            subject="thing",
            subject_id=words,
            hall_id=3,
            by=None,
            at=at,
            rule="SEC-09",
            details={"x": details},
        )
        seal(limit=1)
    assert verify().sound


@pytest.mark.rule("SEC-10")
def test_the_trail_shows_each_hall_its_own_lines(db: None) -> None:
    happenings(1, 2, 1)
    seen = trail(scope=Scope.of(1), limit=50, action="tests.happened")
    assert len(seen) == 2
    assert {line.hall_id for line in seen} == {1}
    assert len(trail(scope=Scope.operator(), limit=50, action="tests.happened")) == 3


def test_sealing_twice_seals_nothing_new(sealed: list[int]) -> None:
    with transaction():
        assert seal(limit=100) == 0
    assert verify().sound
