"""At the desk: cut now with a reason, and a new password on a slip (NET-01, LAW-03)."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest

from onehall.contexts.customers import api as customers
from onehall.contexts.provisioning.api import AccountUnknown
from onehall.contexts.provisioning.rules import nt_hash
from onehall.foundation.audit import trail
from onehall.foundation.database import fetch_all, fetch_one
from onehall.foundation.scopes import Actor, NotPermitted, Scope
from onehall.foundation.values.ids import PartyId
from onehall.journeys.cut_session import CutNeedsReason, cut_session
from onehall.journeys.reset_network_password import CustomerNotVerified, reset_network_password
from onehall.journeys.state_purpose import state_purpose
from tests.cast import Cast, count
from tests.network import Network, network_of

ACCOUNT = "dw0120502"
PRESENT = customers.PurposeStated(customers.PurposeKind.PRESENT_VERIFIED, customers.Verification.ID_DOCUMENT)


@pytest.fixture
def net(cast: Cast) -> Iterator[Network]:
    """王建国's line is in its term, and he is on line."""
    cast.new_line(cast.clerk("0211", "4"))
    cast.later(days=30)
    with network_of(cast) as network:
        yield network


def seen(net: Network, by: Actor, stated: customers.PurposeStated = PRESENT) -> None:
    """The customer stands at the counter, or something else opens the record."""
    (line,) = fetch_all("select party_id from subscriptions_subscription")
    state_purpose(party_id=PartyId(line["party_id"]), stated=stated, by=by, at=net.cast.now)


@pytest.mark.rule("NET-01", "NET-03")
def test_a_session_is_cut_with_a_reason_that_the_trail_keeps(net: Network) -> None:
    clerk = net.cast.clerk(counter="1", drawer=False)
    session = net.dial(net.device(), ACCOUNT)
    with pytest.raises(CutNeedsReason):
        cut_session(account=ACCOUNT, reason=" ", intent=uuid4(), by=clerk, at=net.cast.later(seconds=1))
    intent, at = uuid4(), net.cast.now
    first = cut_session(account=ACCOUNT, reason="客户要求重新拨号", intent=intent, by=clerk, at=at)
    again = cut_session(account=ACCOUNT, reason="客户要求重新拨号", intent=intent, by=clerk, at=at)
    assert first == again and (first.sessions, first.pending) == (1, True)
    assert count("provisioning_command", "done_at is null") == 1
    net.deliver()
    assert not session.on_line
    (line,) = trail(scope=Scope.operator(), limit=9, action="access.cut")
    assert (line.subject_id, line.staff_no, line.details["reason"]) == (ACCOUNT, "0213", "客户要求重新拨号")


@pytest.mark.rule("NET-01")
def test_an_account_that_left_the_books_can_be_cut_as_well_and_one_that_never_was_is_told(
    net: Network,
) -> None:
    clerk = net.cast.clerk(counter="1", drawer=False)
    ghost = net.dial(net.device(), "ghost01")
    cut_session(account="ghost01", reason="已拆机", intent=uuid4(), by=clerk, at=net.cast.later(seconds=1))
    net.deliver()
    assert not ghost.on_line
    with pytest.raises(AccountUnknown):
        cut_session(account="nobody00", reason="试试", intent=uuid4(), by=clerk, at=net.cast.now)


@pytest.mark.rule("LAW-03", "ADR-04", "NET-01")
def test_a_new_password_is_shown_once_and_whoever_knew_the_old_one_is_cut(net: Network) -> None:
    clerk = net.cast.clerk(counter="1", drawer=False)
    nas = net.device()
    session = net.dial(nas, ACCOUNT)
    seen(net, clerk)
    intent, at = uuid4(), net.cast.later(seconds=1)
    slip = reset_network_password(account=ACCOUNT, intent=intent, by=clerk, at=at)
    assert reset_network_password(account=ACCOUNT, intent=intent, by=clerk, at=at).secret == ""
    row = fetch_one("select nt_hash, must_change from access.broadband where account = %s", [ACCOUNT])
    assert row is not None and bytes(row["nt_hash"]) == nt_hash(slip.secret) and row["must_change"]
    net.deliver()
    assert not session.on_line
    told = str(
        fetch_all("select details, subject_id from audit_auditentry where action = 'access.password_reset'")
    )
    assert ACCOUNT in told and slip.secret not in told
    assert slip.secret not in str(fetch_all("select * from idempotency_intent"))


@pytest.mark.rule("NET-03")
def test_a_session_that_began_before_the_new_password_is_found_although_its_start_came_late(
    net: Network,
) -> None:
    clerk = net.cast.clerk(counter="1", drawer=False)
    nas, dialled = net.device(), net.cast.now
    seen(net, clerk)
    reset_network_password(account=ACCOUNT, intent=uuid4(), by=clerk, at=net.cast.later(seconds=5))
    net.deliver()
    net.cast.now = dialled
    session = net.dial(nas, ACCOUNT)
    net.cast.now += timedelta(minutes=1)
    assert net.reconcile() == 1
    net.deliver()
    assert not session.on_line


@pytest.mark.rule("SEC-05", "SEC-02")
def test_no_password_is_reset_unless_its_owner_was_verified_by_whoever_resets_it(net: Network) -> None:
    clerk, colleague = net.cast.clerk(counter="1", drawer=False), net.cast.sign_in("0211", counter="2")
    kind = customers.PurposeKind
    seen(net, colleague)
    for stated in (None, customers.PurposeStated(kind.BREAK_GLASS, reason="客户来电说上不了网，十分着急")):
        if stated is not None:
            seen(net, clerk, stated)
        with pytest.raises(CustomerNotVerified) as no:
            reset_network_password(account=ACCOUNT, intent=uuid4(), by=clerk, at=net.cast.later(seconds=1))
        assert no.value.rule == "SEC-05"
    assert count("audit_auditentry", "action = 'access.password_reset'") == 0
    seen(net, clerk)
    assert reset_network_password(
        account=ACCOUNT, intent=uuid4(), by=clerk, at=net.cast.later(seconds=1)
    ).secret


@pytest.mark.rule("ORG-06")
def test_only_who_may_cuts_and_resets(net: Network) -> None:
    installer = net.cast.sign_in("0232")
    with pytest.raises(NotPermitted):
        cut_session(account=ACCOUNT, reason="断", intent=uuid4(), by=installer, at=net.cast.now)
    with pytest.raises(NotPermitted):
        reset_network_password(account=ACCOUNT, intent=uuid4(), by=installer, at=net.cast.now)
