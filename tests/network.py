"""Access devices made of software beside a story: who is on line, and what the clock makes of it, step by step."""

import secrets
import time
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from onehall.adapters.radius.plug import AccessDevices
from onehall.adapters.radius.simulator import Nas, Session
from onehall.contexts.provisioning.api import Device, LiveLine, Order, Told
from onehall.foundation.database import fetch_all, fetch_one
from onehall.foundation.vault import encrypt
from onehall.runs.deliver_commands import Flight, deliver_commands
from onehall.runs.reconcile_network import cut_survivors, reconcile_network
from tests.cast import Cast

SECRET = "between-us-two"


class Hasty(AccessDevices):
    """Waits a fifth of a second for an answer, whatever the policy says: stories are told fast."""

    def tell(
        self, *, device: Device, line: LiveLine, order: Order, seconds: float, at: datetime
    ) -> "Future[Told]":
        del seconds
        return super().tell(device=device, line=line, order=order, seconds=0.2, at=at)


@dataclass
class Network:
    """The network of a story: its devices, and a worker that delivers when it is told to."""

    cast: Cast
    stack: ExitStack
    element: AccessDevices = field(default_factory=Hasty)
    flying: list[Flight] = field(default_factory=list)

    def device(self, address: str = "127.0.0.1", kind: str = "huawei") -> Nas:
        """A registered access device that is switched on."""
        nas = self.stack.enter_context(Nas(SECRET.encode(), address=address, kind=kind))
        register(nas, self.cast.now)
        return nas

    def dial(
        self, nas: Nas, account: str, *, until: datetime | None = None, **granted: int | None
    ) -> Session:
        """On line with what the access table grants now, or with what is said here; as accounting would write it down."""
        allowed = fetch_one(
            "select access.allowed_until(%(at)s, b) as until, b.down_kbps, b.up_kbps from access.broadband b where account = %(account)s",
            {"at": self.cast.now, "account": account},
        ) or {"until": None, "down_kbps": 0, "up_kbps": 0}  # fmt: skip
        end = until or allowed["until"]
        session = nas.attach(account, timeout=(end - self.cast.now).total_seconds() if end else None)
        with connection.cursor() as cursor:
            cursor.execute(
                "insert into access.session (unique_id, session_id, account, nas, started_at, updated_at, granted_until,"
                " granted_down_kbps, granted_up_kbps) values (%s, %s, %s, %s::inet, %s, %s, %s, %s, %s)",
                [secrets.token_hex(8), session.id, account, nas.address, self.cast.now, self.cast.now, end,
                 granted.get("down", allowed["down_kbps"]), granted.get("up", allowed["up_kbps"])],
            )  # fmt: skip
        return session

    def hang_up(self, account: str) -> None:
        """The Stop has come."""
        with connection.cursor() as cursor:
            cursor.execute("delete from access.session where account = %s", [account])

    def deliver(self, seconds: float = 5) -> None:
        """The worker until nothing is under way."""
        until = time.monotonic() + seconds
        while True:
            began = deliver_commands(element=self.element, flying=self.flying, at=self.cast.now)
            if not began and not self.flying:
                return
            assert time.monotonic() < until, f"still under way: {self.flying}"
            if self.flying and not any(flight.landed for flight in self.flying):
                time.sleep(0.005)

    def reconcile(self) -> int:
        """The comparison of everything, now."""
        return reconcile_network(at=self.cast.now)

    def sweep(self) -> int:
        """The look for survivors, now."""
        return cut_survivors(at=self.cast.now)

    def waiting(self) -> list[tuple[str, str, int, str]]:
        """Commands not yet in effect: kind, account, attempts, why."""
        rows = fetch_all("select * from provisioning_command where done_at is null order by id")
        return [(row["kind"], row["account"], row["attempts"], row["last_error"]) for row in rows]

    def seen(self, account: str) -> dict[str, Any]:
        """What the session table says of the account that is on line."""
        found = fetch_one("select * from access.session where account = %s", [account])
        assert found is not None
        return found

    def nas(self, nas: Nas) -> dict[str, Any]:
        """What we know of a device."""
        found = fetch_one("select * from access.nas where address = %s::inet", [nas.address])
        assert found is not None
        return found


def register(nas: Nas, at: datetime) -> None:
    """The device stands in our list."""
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into access.nas (name, kind, address, secret, coa_port, changed_at) values (%s, %s, %s::inet, %s, %s, %s)"
            " on conflict (address) do update set coa_port = excluded.coa_port",
            [f"BRAS {nas.address}", nas.kind, nas.address, encrypt(SECRET, context="access.nas.secret"), nas.coa_port, at],
        )  # fmt: skip


@contextmanager
def network_of(cast: Cast) -> Iterator[Network]:
    """Switched off at the end, whatever happened."""
    with ExitStack() as stack:
        yield Network(cast, stack)


def minutes(number: float) -> timedelta:
    """For stories."""
    return timedelta(minutes=number)
