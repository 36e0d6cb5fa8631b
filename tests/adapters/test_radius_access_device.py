"""The whole way with a real access device: paid and on line, cut at the second of expiry, back after payment, cut by the desk."""

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection

from onehall.adapters.radius.plug import AccessDevices
from onehall.contexts.provisioning.api import ServerClient
from onehall.foundation.database import fetch_all, fetch_one
from onehall.foundation.vault import encrypt
from onehall.journeys.cut_session import cut_session
from onehall.runs.deliver_commands import Flight, deliver_commands
from tests.access_device import Access, access, possible, until
from tests.cast import Cast, dwelling
from tests.radius import PLAN, RunningServer, Tunnel, running

ACCOUNT, PASSWORD = "dw0120502", "a123456"
TUNNEL = Tunnel("TTLS", "auth=PAP")
PAID_SECONDS = 5
HOSTAPD_SECRET = "nobody-knows-this-one"

pytestmark = [
    pytest.mark.parts("freeradius", "hostapd", "wpasupplicant", "iproute2", "iputils-ping"),
    pytest.mark.xdist_group("radius"),
]


@pytest.fixture
def device(tmp_path: Path) -> Iterator[Access]:
    reason = possible()
    if reason:
        pytest.skip(reason)
    with access(tmp_path) as built:
        yield built


@pytest.fixture
def server(real_cast: Cast, device: Access) -> Iterator[RunningServer]:
    settings = connection.settings_dict
    url = f"postgres://{settings['HOST']}:{settings['PORT']}/{settings['NAME']}"
    client = ServerClient(1, "olt-1", "generic", device.nas, HOSTAPD_SECRET)
    with running(url, replace(PLAN, clients=(client,)), address=device.host) as started:
        yield started


def sold_long_ago(cast: Cast) -> None:
    """王建国's year is over."""
    cast.now = datetime.now(UTC) - timedelta(days=400)
    cast.new_line(cast.clerk("0211", "4"))
    cast.now = datetime.now(UTC)


def register(device: Access) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into access.nas (name, kind, address, secret, coa_port, changed_at)"
            " values ('olt-1', 'generic', %s, %s, 3799, now())",
            [device.nas, encrypt(HOSTAPD_SECRET, context="access.nas.secret")],
        )


def paid_until(seconds: float) -> datetime:
    """As if he had paid for so many seconds more."""
    end = datetime.now(UTC) + timedelta(seconds=seconds)
    with connection.cursor() as cursor:
        cursor.execute("update access.broadband set valid_until = %s where account = %s", [end, ACCOUNT])
    return end


def renewed(cast: Cast) -> None:
    """He comes to the counter and pays for another year."""
    clerk = cast.clerk()
    row = fetch_one("select party_id from pub_subscriptions_subscription limit 1")
    assert row is not None
    basket = cast.basket(clerk, row["party_id"], dwelling("dw", "1", "2", "502"), ("renewal", "bb20-year"))
    cast.pay(clerk, basket.id)


def sessions() -> list[tuple[str, str]]:
    """(account, how it ended) of all sessions, those on line with nothing."""
    rows = fetch_all(
        "select account, '' as cause from access.session union all select account, cause from access.session_ended"
    )
    return sorted((row["account"], row["cause"]) for row in rows)


@pytest.mark.rule("NET-01", "NET-02", "BIL-01", "CHG-01")
def test_the_line_follows_what_is_paid(real_cast: Cast, server: RunningServer, device: Access) -> None:
    sold_long_ago(real_cast)
    register(device)
    device.open_door(server.place.port, HOSTAPD_SECRET)
    assert not device.flows(), "nobody has signed in yet"
    end = paid_until(PAID_SECONDS)
    device.dial(TUNNEL, ACCOUNT, PASSWORD, server.trust / "ca.pem")
    until(device.flows, 5, "on line after signing in")
    until(lambda: sessions() == [(ACCOUNT, "")], 3, "the session is known under its account")
    server.stop()

    until(lambda: not device.flows(), PAID_SECONDS + 3, "cut at the end of the term, with our server dead")
    assert -1 < (datetime.now(UTC) - end).total_seconds() < 2

    server.start()
    until(
        lambda: sessions() == [(ACCOUNT, "Session-Timeout")],
        10,
        "the device tells of the end when we are back",
    )
    device.dial_again()
    until(lambda: _refused() == "expired", 5, "the refusal says why")

    renewed(real_cast)
    device.power_cycle()
    assert until(device.flows, 5, "on line again within 5 s of the next attempt after payment") < 5

    until(lambda: (ACCOUNT, "") in sessions(), 3, "the new session is known")
    clerk = real_cast.clerk("0211", "4", drawer=False)
    began = time.monotonic()
    cut_session(account=ACCOUNT, reason="客户要求重拨", intent=uuid4(), by=clerk, at=datetime.now(UTC))
    told = told_by_the_worker()
    assert (
        until(lambda: not device.flows(), 1 - (time.monotonic() - began), "cut by the desk within a second")
        < 1
    )
    assert told == [], told


def told_by_the_worker() -> list[str]:
    """One turn of the worker that tells access devices; what is still not in effect, with the reason."""
    element, flying = AccessDevices(), list[Flight]()
    deliver_commands(element=element, flying=flying, at=datetime.now(UTC))
    until(lambda: all(flight.landed for flight in flying), 1, "the device answers")
    deliver_commands(element=element, flying=flying, at=datetime.now(UTC))
    rows = fetch_all("select kind, last_error from pub_provisioning_command where done_at is null")
    return [f"{row['kind']} {row['last_error']}" for row in rows]


def _refused() -> str:
    row = fetch_one("select reason from access.answer where not accepted order by at desc limit 1")
    return str(row["reason"]) if row else ""
