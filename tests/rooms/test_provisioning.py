"""The network's desired state follows what was sold, and nobody reads a password."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, connection
from django.db import transaction as django_transaction

from onehall.contexts.provisioning import api
from onehall.contexts.provisioning.api import (
    AccessState,
    AccountOfAnother,
    AccountUnknown,
    Grant,
    Granted,
    SecretPolicy,
    Standing,
    access,
    grant_access,
    reset_secret,
    restate_access,
    withdraw_access,
)
from onehall.contexts.provisioning.rules import nt_hash
from onehall.contexts.subscriptions.api import open_subscriptions
from onehall.contexts.subscriptions.models import Subscription
from onehall.foundation.database import fetch_all, fetch_one
from onehall.foundation.values.ids import SubscriptionId
from onehall.foundation.values.period import Period
from onehall.foundation.vault import decrypt
from tests.rooms.homes import ALL, homes, new_line
from tests.rooms.onair import Dial
from tests.rooms.till import NOON, Till, till

ACCOUNT = "dw0120502"
YEAR = timedelta(days=365)
FIXED = SecretPolicy(initial="a123456", length=8, rounds=1000, keep_clear=False)
RANDOM = SecretPolicy(initial="", length=10, rounds=1000, keep_clear=False)
FOR_CHAP = SecretPolicy(initial="a123456", length=8, rounds=1000, keep_clear=True)


@pytest.fixture
def desk(db: None) -> Till:
    return till()


@pytest.fixture
def line(desk: Till) -> SubscriptionId:
    return subscribe(desk)


def subscribe(desk: Till, serial: str = "DW20261121001", account: str = ACCOUNT) -> SubscriptionId:
    new = new_line(desk, homes("502")[0], NOON, account=account, serial=serial)
    return open_subscriptions(new=[new], by=desk.clerk, at=NOON)[0].subscription_id


def grant(
    line: SubscriptionId, start: datetime, end: datetime, *, mbit: int = 10, is_new: bool = False, at: datetime = NOON,
    policy: SecretPolicy = FIXED,
) -> Granted:  # fmt: skip
    one = Grant(
        account=ACCOUNT, subscription_id=line, period=Period(start, end), down_kbps=mbit * 1024, up_kbps=1024,
        network_profile=f"bb-{mbit}m", is_new=is_new,
    )  # fmt: skip
    return grant_access(grants=[one], policy=policy, at=at)[0]


def opened(line: SubscriptionId, policy: SecretPolicy = FIXED) -> Granted:
    return grant(line, NOON, NOON + YEAR, is_new=True, policy=policy)


def seen(at: datetime = NOON) -> AccessState:
    found = access(account=ACCOUNT, at=at, scope=ALL)
    assert found is not None
    return found


def stored() -> dict[str, object]:
    row = fetch_one("select * from access.broadband")
    assert row is not None
    return {name: bytes(v) if isinstance(v, memoryview) else v for name, v in row.items()}


def due() -> list[str]:
    rows = fetch_all(
        "select kind from provisioning_command where done_at is null order by next_attempt_at, id"
    )
    return [row["kind"] for row in rows]


@pytest.mark.rule("NET-01", "ADR-04")
def test_a_new_account_runs_for_its_term_and_its_password_must_be_changed(line: SubscriptionId) -> None:
    assert opened(line) == Granted(ACCOUNT, "a123456", pending=False)
    state = seen()
    assert (state.period, state.down_kbps, state.network_profile) == (
        Period(NOON, NOON + YEAR),
        10240,
        "bb-10m",
    )
    assert (state.standing, state.must_change, state.pending) == (Standing.ACTIVE, True, False)
    assert seen(NOON - timedelta(seconds=1)).standing == Standing.WAITING
    assert seen(NOON + YEAR).standing == Standing.EXPIRED
    assert due() == []


@pytest.mark.rule("LAW-03")
def test_passwords_stand_as_hashes_only(line: SubscriptionId) -> None:
    opened(line)
    row = stored()
    assert row["nt_hash"] == nt_hash("a123456")
    assert str(row["pbkdf2"]).startswith("HMACSHA2+256:") and row["clear_secret"] is None
    assert "a123456" not in str(row)


@pytest.mark.rule("LAW-03")
def test_a_clear_password_is_kept_by_policy_only_and_encrypted(line: SubscriptionId) -> None:
    opened(line, FOR_CHAP)
    kept = stored()["clear_secret"]
    assert isinstance(kept, bytes) and b"a123456" not in kept
    assert decrypt(kept, context="access.broadband.clear_secret") == "a123456"


@pytest.mark.rule("LAW-03")
def test_nothing_that_crosses_the_door_or_is_published_holds_a_secret(line: SubscriptionId) -> None:
    opened(line)
    assert {"nt_hash", "pbkdf2", "clear_secret", "secret"}.isdisjoint(AccessState.__slots__)
    (published,) = fetch_all("select * from pub_provisioning_access")
    assert {"nt_hash", "pbkdf2", "clear_secret"}.isdisjoint(published)
    assert not [
        name for name in api.__all__ if "secret" in name.lower() and name.startswith(("read", "show", "get"))
    ]


@pytest.mark.rule("ADR-04")
def test_random_passwords_differ(line: SubscriptionId) -> None:
    first = opened(line, RANDOM).secret
    second = reset_secret(account=ACCOUNT, policy=RANDOM, by=till("2", "0214", "王芳").clerk, at=NOON)
    assert first != second and len(first) == len(second) == 10
    assert stored()["nt_hash"] == nt_hash(second)


@pytest.mark.rule("NET-02", "LAW-03")
def test_a_renewal_extends_and_keeps_the_password(line: SubscriptionId) -> None:
    opened(line, RANDOM)
    before = stored()
    assert Dial().start() == "opened"
    renewed = grant(line, NOON + YEAR, NOON + 2 * YEAR, at=NOON + timedelta(days=9))
    assert renewed == Granted(ACCOUNT, "", pending=True)
    after = stored()
    assert {name for name in before if before[name] != after[name]} == {"valid_until", "updated_at"}
    assert seen().period.end == NOON + 2 * YEAR
    assert seen().pending and due() == ["refresh"]


@pytest.mark.rule("NET-02", "NET-03")
def test_where_nobody_is_on_line_a_renewal_is_in_effect_at_once(line: SubscriptionId) -> None:
    opened(line)
    assert grant(line, NOON + YEAR, NOON + 2 * YEAR) == Granted(ACCOUNT, "", pending=False)
    assert due() == [] and not seen().pending


@pytest.mark.rule("NET-02")
def test_after_the_expiry_a_renewal_starts_anew_and_nothing_needs_to_be_told(line: SubscriptionId) -> None:
    opened(line)
    late = NOON + YEAR + timedelta(days=20)
    assert not grant(line, late, late + YEAR, mbit=20, at=late + timedelta(hours=1)).pending
    state = seen(late + timedelta(hours=1))
    assert (state.period, state.down_kbps, state.standing) == (
        Period(late, late + YEAR),
        20480,
        Standing.ACTIVE,
    )


@pytest.mark.rule("CAT-02")
def test_another_speed_begins_with_its_own_term(line: SubscriptionId) -> None:
    opened(line)
    second, third = NOON + YEAR, NOON + 2 * YEAR
    grant(line, second, third, mbit=20)
    grant(line, third, third + YEAR, mbit=20)
    assert fetch_all("select count(*) as planned from access.planned_speed") == [{"planned": 1}]
    assert seen(second - timedelta(seconds=1)).down_kbps == 10240
    assert (seen(second).down_kbps, seen(third).network_profile) == (20480, "bb-20m")


@pytest.mark.rule("CAT-02")
def test_a_speed_that_never_came_is_forgotten_when_the_renewal_is_taken_back(line: SubscriptionId) -> None:
    opened(line)
    grant(line, NOON + YEAR, NOON + 2 * YEAR, mbit=20)
    restate_access(account=ACCOUNT, valid_until=NOON + YEAR, at=NOON)
    assert fetch_all("select * from access.planned_speed") == []
    assert seen().period.end == NOON + YEAR and due() == ["refresh"]


@pytest.mark.rule("PAY-01")
def test_a_renewal_after_the_expiry_that_is_taken_back_leaves_no_access(line: SubscriptionId) -> None:
    opened(line)
    late = NOON + YEAR + timedelta(days=20)
    grant(line, late, late + YEAR, at=late)
    restate_access(account=ACCOUNT, valid_until=NOON + YEAR, at=late)
    assert seen(late).standing == Standing.WITHDRAWN
    grant(line, late, late + YEAR, at=late)
    assert seen(late).standing == Standing.ACTIVE


@pytest.mark.rule("ADR-07", "CHG-04")
def test_the_next_household_gets_the_name_with_a_new_password(desk: Till, line: SubscriptionId) -> None:
    opened(line, RANDOM)
    old = stored()
    Subscription.objects.filter(pk=line).update(ended_at=NOON)
    withdraw_access(account=ACCOUNT, at=NOON)
    assert seen().standing == Standing.WITHDRAWN and due() == ["disconnect"]

    granted = grant(subscribe(desk, "DW20261121002"), NOON, NOON + YEAR, is_new=True, policy=RANDOM)
    assert granted.secret and granted.pending and due() == ["disconnect", "disconnect"]
    assert stored()["nt_hash"] != old["nt_hash"]


@pytest.mark.rule("ADR-07")
def test_a_name_in_use_is_not_handed_to_another(desk: Till, line: SubscriptionId) -> None:
    opened(line)
    Subscription.objects.filter(pk=line).update(ended_at=NOON)
    other = subscribe(desk, "DW20261121002")
    with pytest.raises(AccountOfAnother):
        grant(other, NOON, NOON + YEAR, is_new=True)


@pytest.mark.rule("NET-01")
def test_an_account_the_network_does_not_know_is_not_renewed(line: SubscriptionId) -> None:
    with pytest.raises(AccountUnknown):
        grant(line, NOON, NOON + YEAR)
    with pytest.raises(AccountUnknown):
        reset_secret(account=ACCOUNT, policy=FIXED, by=till("2", "0214", "王芳").clerk, at=NOON)
    assert access(account=ACCOUNT, at=NOON, scope=ALL) is None


@pytest.mark.rule("LAW-03", "ADR-04")
def test_staff_reset_a_password_and_the_customer_must_change_it(desk: Till, line: SubscriptionId) -> None:
    opened(line, RANDOM)
    assert reset_secret(account=ACCOUNT, policy=FIXED, by=desk.clerk, at=NOON) == "a123456"
    assert seen().must_change and due() == ["disconnect"]


@pytest.mark.rule("ADR-02")
def test_the_network_takes_no_odd_account_names(desk: Till) -> None:
    line = subscribe(desk, account="DW-1")
    one = Grant("DW-1", line, Period(NOON, NOON + YEAR), 1024, 1024, "bb", is_new=True)
    with pytest.raises(IntegrityError), django_transaction.atomic():
        grant_access(grants=[one], policy=FIXED, at=NOON)


@pytest.mark.rule("NET-03")
def test_what_came_before_its_month_was_opened_moves_there_when_it_is(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into access.usage_day (account, day) values ('xa1', '2030-02-28'), ('xa1', '2030-03-01'), ('xa1', '2030-04-01')"
        )
        cursor.execute("select access.open_months('2030-03-15', 1), access.open_months('2030-03-15', 1)")
        assert cursor.fetchone() == (3, 0)
        cursor.execute("select tableoid::regclass::text, day::text from access.usage_day order by day")
        assert cursor.fetchall() == [
            ("access.usage_day_rest", "2030-02-28"),
            ("access.usage_day_203003", "2030-03-01"),
            ("access.usage_day_rest", "2030-04-01"),
        ]
