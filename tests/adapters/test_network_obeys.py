"""FreeRADIUS, an access device and the worker together: cut at the end, back after payment, another speed without a drop."""

import re
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client

from onehall.adapters.radius.simulator import Nas, Refused, Session
from onehall.entrances.jobs.clock import keep_timetable
from onehall.entrances.jobs.timetable import NETWORK
from onehall.foundation.database import fetch_one
from onehall.foundation.values.period import CHINA
from onehall.journeys.cut_session import cut_session
from tests.cast import Cast, count, dwelling
from tests.conftest_database import TestServer
from tests.network import register
from tests.radius import PLAN, RunningServer, running

pytestmark = [
    pytest.mark.parts("freeradius"),
    pytest.mark.xdist_group("radius"),
]
ACCOUNT, SECRET = "dw0120502", "between-us-two"
PATIENCE_SECONDS = 60
SOON_SECONDS = 6
"""When a term ends that is dialled into first: on a busy machine the dialling takes its time."""
T = TypeVar("T")


class Town:
    """王建国's line, its access device, the server and the worker, all at work."""

    def __init__(self, cast: Cast, nas: Nas, server: RunningServer, password: str) -> None:
        self.cast, self.nas, self.server, self.password = cast, nas, server, password

    def now(self) -> datetime:
        """The real time, for all of them."""
        self.cast.now = datetime.now(CHINA)
        return self.cast.now

    def ends(self, seconds: float) -> datetime:
        """The paid term ends so soon."""
        end = self.now() + timedelta(seconds=seconds)
        with connection.cursor() as cursor:
            cursor.execute("update subscriptions_term set expires_at = %s", [end])
            cursor.execute("update access.broadband set valid_from = least(valid_from, %s), valid_until = %s",
                           [end - timedelta(days=30), end])  # fmt: skip
        return end

    def dial(self) -> Session:
        answer = self.nas.connect(ACCOUNT, self.password, caller="02-00-00-00-00-01")
        assert isinstance(answer, Session), answer
        eventually(lambda: count("access.session", f"session_id = '{answer.id}'") == 1)
        return answer

    def customer(self) -> tuple[int, int]:
        """王建国 and his home."""
        line = fetch_one("select party_id, dwelling_id from subscriptions_subscription")
        assert line is not None
        return line["party_id"], line["dwelling_id"]

    def desk(self) -> "Desk":
        """李敏's browser at counter 1, his document checked."""
        self.now()
        clerk = self.cast.clerk(counter="1", drawer=count("custody_drawersession") < 2)
        browser = Client()
        browser.cookies["onehall_session"] = self.cast.tokens[clerk.session_id or 0]
        desk = Desk(browser, *self.customer())
        desk.post(f"{desk.page}/purpose", purpose="id_document")
        return desk

    def renew(self) -> None:
        """At the counter."""
        clerk = self.cast.clerk(counter="1", drawer=count("custody_drawersession") < 2)
        line = fetch_one("select party_id from subscriptions_subscription")
        assert line is not None
        home = dwelling("dw", "1", "2", "502")
        self.cast.pay(clerk, self.cast.basket(clerk, line["party_id"], home, ("renewal", "bb20-year")).id)


class Desk:
    """What a clerk does on the pages of a customer."""

    def __init__(self, browser: Client, party: int, home: int) -> None:
        self.browser, self.home, self.page = browser, home, f"/desk/customers/{party}"

    def post(self, address: str, **fields: object) -> str:
        """A form with an intent of its own; what the page says."""
        answer = self.browser.post(address, {"intent": str(uuid4()), **fields}, follow=True)
        assert answer.status_code == 200, answer.content.decode()
        return answer.content.decode()

    def renew(self) -> str:
        """The renewal chosen, paid in cash to the fen; the page with the receipt."""
        page = self.post(f"{self.page}/items", choice="renewal:bb20-year", home=self.home, quantity="1")
        found = re.search(r"/desk/baskets/\d+/payment", page)
        assert found is not None, "the basket asks for no payment"
        return self.post(found[0], due="880.00", received="900.00")


def eventually(what: Callable[[], T]) -> T:
    """What it comes to; how soon is measured by bench.radius, not here."""
    until = time.monotonic() + PATIENCE_SECONDS
    while not (found := what()):
        assert time.monotonic() < until, "it did not come true in time"
        time.sleep(0.02)
    return found


@pytest.fixture
def town(real_cast: Cast, test_server: TestServer) -> Iterator[Town]:
    real_cast.now = datetime.now(CHINA) - timedelta(days=40)
    paid = real_cast.new_line(real_cast.clerk("0211", "4"))
    ((_, password),) = paid.secrets
    plan = replace(PLAN, clients=(replace(PLAN.clients[0], secret=SECRET),))
    stop = threading.Event()
    with (
        running(test_server.url(connection.settings_dict["NAME"]), plan) as server,
        Nas(
            SECRET.encode(), kind="huawei", server=("127.0.0.1", server.place.port, server.place.port + 1)
        ) as nas,
    ):
        register(nas, real_cast.now)
        worker = threading.Thread(target=keep_timetable, args=(NETWORK, stop))
        worker.start()
        try:
            yield Town(real_cast, nas, server, password)
        finally:
            stop.set()
            worker.join(10)


@pytest.mark.rule("NET-01", "NET-02", "BIL-01")
def test_cut_when_the_term_ends_and_back_when_it_is_paid(town: Town) -> None:
    end = town.ends(SOON_SECONDS)
    session = town.dial()
    eventually(lambda: not session.on_line)
    assert datetime.now(CHINA) > end - timedelta(seconds=1), "not before what was paid for is over"
    eventually(lambda: count("access.session") == 0)
    refused = town.nas.connect(ACCOUNT, town.password)
    assert isinstance(refused, Refused) and "到期" in refused.reason
    town.now()
    town.renew()
    again = town.dial()
    assert again.on_line
    assert again.ends_at is not None and again.ends_at - time.monotonic() > 300 * 86400


@pytest.mark.rule("NET-01", "CAT-02", "CHG-01")
def test_a_renewal_and_another_speed_reach_the_session_without_a_drop(town: Town) -> None:
    town.ends(3600)
    session = town.dial()
    assert session.attributes["Huawei-Output-Average-Rate"] == 20_480_000
    before = session.ends_at
    town.now()
    town.renew()
    eventually(lambda: session.ends_at != before)
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into access.planned_speed values (%s, %s, 10240, 2048, 'bb-10m')",
            [ACCOUNT, town.now() + timedelta(seconds=1)],
        )
    eventually(lambda: session.attributes["Huawei-Output-Average-Rate"] == 10_240_000)
    eventually(lambda: count("provisioning_command", "done_at is null") == 0)
    eventually(town.nas.settled)
    assert session.on_line and [word[0] for word in town.nas.reported if ACCOUNT in word] == ["1"], (
        "a Stop came in between"
    )
    assert (
        count("access.session", "granted_down_kbps = 10240 and granted_until > now() + interval '360 days'")
        == 1
    )


@pytest.mark.rule("NET-01", "LAW-03")
def test_cut_at_the_desk_takes_effect_and_lets_back_in(town: Town) -> None:
    town.ends(3600)
    session = town.dial()
    town.now()
    clerk = town.cast.clerk(counter="1", drawer=False)
    cut_session(account=ACCOUNT, reason="客户要求重新拨号", intent=uuid4(), by=clerk, at=datetime.now(CHINA))
    eventually(lambda: not session.on_line)
    eventually(lambda: count("access.session") == 0)
    assert town.dial().on_line


def _moment(question: str) -> datetime:
    row = fetch_one(question)
    assert row is not None
    moment: datetime = row["at"]
    return moment


@pytest.mark.rule("NET-01", "NET-02", "CHG-01", "BIL-01")
def test_the_whole_story_over_the_desks_pages(town: Town) -> None:
    """Expired and refused · paid at the desk, accepted · paid again, lengthened by CoA · cut at the desk by Disconnect."""
    town.ends(-2 * 86400)
    refused = town.nas.connect(ACCOUNT, town.password)
    assert isinstance(refused, Refused) and "到期" in refused.reason
    desk = town.desk()
    assert "已到期" in desk.browser.get(f"{desk.page}/line/{ACCOUNT}").content.decode()
    assert "20.00" in desk.renew(), "the change of 900.00 for 880.00"
    session, granted = town.dial(), "select granted_until as at from access.session"
    assert session.ends_at is not None and session.ends_at - time.monotonic() > 300 * 86400
    first = _moment(granted)
    assert timedelta(days=363) < first - datetime.now(CHINA) < timedelta(days=366), (
        "from the midnight of the payment"
    )
    desk.renew()
    eventually(lambda: _moment(granted) != first)
    assert timedelta(days=364) < _moment(granted) - first < timedelta(days=367), (
        "a year after the year that runs"
    )
    assert session.on_line and [word[0] for word in town.nas.reported if ACCOUNT in word] == ["1"], (
        "no Stop came in between"
    )
    desk.post(f"{desk.page}/line/{ACCOUNT}/cut", reason="换了路由器")
    eventually(lambda: not session.on_line)
    eventually(lambda: count("access.session") == 0)
    assert town.dial().on_line
    eventually(lambda: count("provisioning_command", "done_at is null") == 0)
    assert count("ledger_payment") == 3


@pytest.mark.rule("CON-10", "NET-03", "PAY-01")
def test_with_the_server_the_device_and_the_worker_away_the_counter_goes_on(town: Town) -> None:
    town.ends(3600)
    session = town.dial()
    town.server.stop()
    town.nas.manners.silent = True
    town.now()
    town.renew()
    eventually(lambda: count("provisioning_command", "done_at is null and last_error = 'silent'") == 1)
    assert session.on_line
    town.nas.manners.silent = False
    town.server.start()
    with connection.cursor() as cursor:
        cursor.execute("update provisioning_command set next_attempt_at = now()")
        cursor.execute("update access.nas set resting_until = null")
    eventually(lambda: count("provisioning_command", "done_at is null") == 0)
    assert (
        session.on_line and session.ends_at is not None and session.ends_at - time.monotonic() > 300 * 86400
    )
