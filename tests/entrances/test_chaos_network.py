"""RADIUS server, access device and worker killed at random while people pay and terms end: at rest the network is as the books say."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection

from chaos.network import Routers, Trouble, disturb
from onehall.adapters.radius.simulator import Nas
from onehall.contexts.provisioning import api as provisioning
from onehall.foundation.database import fetch_all, transaction
from onehall.foundation.policy.services import establish_value
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import PartyId, PremisesId
from onehall.foundation.values.period import CHINA
from onehall.runs.reconcile_network import reconcile_network
from tests.cast import Cast, dwelling
from tests.conftest_database import TestServer
from tests.network import register
from tests.radius import PLAN, RunningServer, running

pytestmark = [pytest.mark.parts("freeradius"), pytest.mark.xdist_group("radius")]
SECRET = "between-us-two"
SAME_SECONDS = 3.0


def wish(name: str, usual: int) -> int:
    """`python -m chaos network` asks for more."""
    return int(os.environ.get(f"ONEHALL_CHAOS_{name}", usual))


@dataclass
class Server:
    """FreeRADIUS as a part that can be killed."""

    server: RunningServer

    def kill(self) -> None:
        assert self.server.child is not None
        self.server.child.kill()
        self.server.child.wait(10)

    def start(self) -> None:
        self.server.start()


@dataclass
class Device:
    """The access device: power off and on again."""

    nas: Nas

    def kill(self) -> None:
        self.nas.__exit__(None, None, None)

    def start(self) -> None:
        self.nas.__enter__()


@dataclass
class Worker:
    """The clock process with everything it does."""

    url: str
    log: Path
    child: "subprocess.Popen[bytes] | None" = None

    def kill(self) -> None:
        assert self.child is not None
        self.child.kill()
        self.child.wait(10)

    def start(self) -> None:
        environment = os.environ | {"DATABASE_URL": self.url}
        with self.log.open("ab") as log:
            self.child = subprocess.Popen(
                [sys.executable, "-m", "onehall.entrances.jobs"], env=environment, stdout=log, stderr=log
            )


@dataclass(frozen=True)
class Household:
    """Who dials in, and with what."""

    account: str
    password: str
    party: PartyId
    home: PremisesId


@dataclass
class Town:
    """Households, their device, and a clerk who takes their money."""

    cast: Cast
    clerk: Actor
    nas: Nas
    households: dict[str, Household]

    def now(self) -> datetime:
        self.cast.now = datetime.now(CHINA)
        return self.cast.now

    def dial(self, account: str) -> None:
        self.nas.connect(account, self.households[account].password, caller=f"02-{account}")

    def on_line(self, account: str) -> bool:
        return self.nas.of(account) is not None

    def pays(self, account: str) -> None:
        """A year, at the counter."""
        self.now()
        one = self.households[account]
        self.cast.pay(
            self.clerk, self.cast.basket(self.clerk, one.party, one.home, ("renewal", "bb20-year")).id
        )
        time.sleep(0.02)

    def ends(self, account: str) -> None:
        """What was paid is taken back so far that the term ends in a moment."""
        end = self.now() + timedelta(seconds=0.4)
        with transaction():
            with connection.cursor() as cursor:
                cursor.execute("set local session_replication_role = replica")
                cursor.execute(
                    "delete from subscriptions_term t using access.broadband b where b.account = %s and"
                    " t.subscription_id = b.subscription_id and t.id <> (select max(x.id) from subscriptions_term x"
                    " where x.subscription_id = b.subscription_id)", [account])  # fmt: skip
                cursor.execute(
                    "update subscriptions_term t set starts_at = %s, expires_at = %s from access.broadband b"
                    " where b.account = %s and t.subscription_id = b.subscription_id",
                    [end - timedelta(days=30), end, account])  # fmt: skip
                cursor.execute("set local session_replication_role = origin")
                cursor.execute(
                    "update access.broadband set valid_from = %s where account = %s",
                    [end - timedelta(days=30), account],
                )
            provisioning.restate_access(account=account, valid_until=end, at=self.cast.now)
        time.sleep(0.02)

    def settle(self) -> None:
        """What the clock does every minute."""
        reconcile_network(at=self.now())

    def differences(self) -> list[str]:
        """What the network does that the books do not say, in words."""
        now = self.now()
        rows = fetch_all(
            "select b.account, access.allowed_until(%(at)s, b) as until, s.sessions, s.session_id, s.granted_until"
            " from access.broadband b left join lateral (select count(*) as sessions, max(session_id) as session_id,"
            " max(granted_until) as granted_until from access.session s where s.account = b.account) s on true",
            {"at": now},
        )
        found = [word for row in rows for word in self._differs(row, now)]
        waiting = fetch_all("select account, last_error from provisioning_command where done_at is null")
        return found + [f"{row['account']} waits: {row['last_error']}" for row in waiting]

    def _differs(self, row: dict[str, object], now: datetime) -> Iterator[str]:
        account, until = str(row["account"]), row["until"]
        session = self.nas.of(account)
        if until is None:
            if session or row["sessions"]:
                yield f"{account} is over and on line ({session}, {row['sessions']} sessions known)"
            return
        assert isinstance(until, datetime)
        if session is None or (row["sessions"], row["session_id"]) != (1, session.id):
            yield f"{account} is paid: device {session and session.id}, known {row['sessions']} {row['session_id']}"
            return
        ends = (session.ends_at or 0) - time.monotonic()
        if abs(ends - (until - now).total_seconds()) > SAME_SECONDS:
            yield f"{account} ends on the device in {ends:.0f} s, paid for {(until - now).total_seconds():.0f} s"
        granted = row["granted_until"]
        if not isinstance(granted, datetime) or abs((granted - until).total_seconds()) > SAME_SECONDS:
            yield f"{account} is known to be granted until {granted}, paid until {until}"


HASTY = {
    "retry_first": 1, "retry_longest": 2, "breaker_rest": 1, "command_lease": 5, "cut_again": 5, "command_seconds": 1,
    "survivor_grace": 1,
}  # fmt: skip
"""Nobody waits long here; the order of what happens is the same."""


def inhabited(cast: Cast, number: int) -> tuple[Actor, dict[str, Household]]:
    """So many households of 馨苑 with broadband in its term, and the clerk who will take their renewals."""
    cast.now = datetime.now(CHINA) - timedelta(days=40)
    with transaction():
        for key, value in HASTY.items():
            establish_value(
                key=f"provisioning.{key}",
                value=value,
                valid_from=cast.now,
                source="test",
                verified=True,
                at=cast.now,
            )
    seller = cast.clerk("0211", "4")
    rows = fetch_all(
        "select path from customers_premises where kind = 'dwelling' and path like 'dw/%%' order by path limit %s",
        [number],
    )
    households = {}
    for row in rows:
        card = cast.registered(seller)
        home = dwelling(*row["path"].split("/"))
        paid = cast.pay(seller, cast.basket(seller, card.id, home, ("new_broadband", "bb20-year")).id)
        ((account, password),) = paid.secrets
        households[account] = Household(account, password, card.id, home)
    cast.now = datetime.now(CHINA)
    return cast.clerk(counter="1"), households


@contextmanager
def parts(cast: Cast, url: str, folder: Path) -> Iterator[tuple[Town, dict[str, Server | Device | Worker]]]:
    """Everything up; gone afterwards, whatever was killed."""
    clerk, households = inhabited(cast, wish("ACCOUNTS", 8))
    plan = replace(PLAN, clients=(replace(PLAN.clients[0], secret=SECRET),))
    worker = Worker(url, folder / "worker.log")
    with (
        running(url, plan) as server,
        Nas(
            SECRET.encode(), kind="huawei", server=("127.0.0.1", server.place.port, server.place.port + 1)
        ) as nas,
    ):
        register(nas, cast.now)
        worker.start()
        try:
            yield (
                Town(cast, clerk, nas, households),
                {"server": Server(server), "device": Device(nas), "worker": worker},
            )
        finally:
            worker.kill()


@pytest.mark.rule("NET-03", "NET-02", "NET-01", "BIL-01", "CHG-01")
def test_whatever_was_killed_at_rest_the_network_does_what_the_books_say(
    real_cast: Cast, test_server: TestServer, tmp_path: Path
) -> None:
    url = test_server.url(connection.settings_dict["NAME"])
    with parts(real_cast, url, tmp_path) as (town, killed):
        routers = Routers(list(town.households), town.dial, town.on_line)
        found = disturb(
            trouble=Trouble(wish("SEED", 20261126), wish("EVENTS", 40)),
            parts=killed,
            events=[town.pays, town.ends],
            routers=routers,
            differences=town.differences,
            settle=town.settle,
        )
        assert found == [], (tmp_path / "worker.log").read_text()[-3000:]
        assert threading.active_count() < 60


def test_a_difference_is_seen(real_cast: Cast, test_server: TestServer, tmp_path: Path) -> None:
    """The proof can fail: who is on line without having paid, and who has paid and is not, are both told."""
    clerk, households = inhabited(real_cast, 2)
    first, second = households
    with Nas(SECRET.encode()) as nas:
        town = Town(real_cast, clerk, nas, households)
        assert {word.split()[0] for word in town.differences()} == {first, second}
        with connection.cursor() as cursor:
            cursor.execute("update access.broadband set state = 'withdrawn'")
        assert town.differences() == []
        nas.attach(first)
        assert [word.split()[:3] for word in town.differences()] == [[first, "is", "over"]]
