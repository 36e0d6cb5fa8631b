"""What leaves a transaction, once and only after its commit; and the tickets that open the stream (WRK-11)."""

import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from onehall.foundation.database import fetch_one, transaction
from onehall.foundation.outbox import publish
from onehall.foundation.outbox.relay import forget, relay
from onehall.foundation.outbox.tickets import LIFETIME, issue_ticket, live_origin, live_url, read_ticket
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import HallId, UserId

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


def sell(hall: int, order: int) -> None:
    with transaction():
        publish(topic="order.accepted", hall_id=hall, at=NOW, payload={"order": order})


def test_every_row_is_relayed_once_though_two_relays_work_at_the_same_time(real_db: str) -> None:
    for order in range(200):
        sell(1, order)
    taken: list[int] = []

    def work() -> None:
        taken.append(relay(at=NOW))
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(taken) == 200
    assert relay(at=NOW) == 0


def test_a_sale_that_is_rolled_back_is_never_announced(real_db: str) -> None:
    with pytest.raises(RuntimeError), transaction():
        publish(topic="order.accepted", hall_id=1, at=NOW, payload={"order": 1})
        raise RuntimeError("the printer burns")
    assert relay(at=NOW) == 0


def test_what_was_announced_is_forgotten_after_a_while_and_what_waits_never_is(real_db: str) -> None:
    sell(1, 1)
    relay(at=NOW)
    sell(1, 2)
    assert forget(before=NOW) == 0
    assert forget(before=NOW + timedelta(days=3)) == 1
    assert fetch_one("select count(*) as rows from outbox_outboxevent") == {"rows": 1}


def test_a_ticket_says_halls_and_end_and_names_nobody() -> None:
    halls = frozenset({HallId(5)})
    clerk = Actor(user_id=UserId(7), name="李敏", staff_no="0213", hall_id=HallId(5), halls=halls)
    ticket = issue_ticket(clerk, NOW)
    read = read_ticket(ticket, NOW)
    assert read is not None
    assert (read.user_id, read.halls, read.expires) == (7, frozenset({5}), NOW + LIFETIME)
    assert read_ticket(ticket, NOW + LIFETIME) is None
    assert "0213" not in ticket


def test_the_stream_stands_beside_the_page_or_where_the_proxy_puts_it(
    settings: Any, monkeypatch: Any
) -> None:
    monkeypatch.setenv("ONEHALL_LIVE_PORT", "8001")
    settings.LIVE_URL = ""
    assert live_url("http://192.168.1.5:8000/desk", "t") == "http://192.168.1.5:8001/live?ticket=t"
    settings.LIVE_URL = "/live"
    assert (live_url("https://hall.example/desk", "t"), live_origin("https://hall.example/")) == (
        "/live?ticket=t",
        "",
    )
    settings.LIVE_URL = "https://live.example/live"
    assert live_url("https://hall.example/desk", "t") == "https://live.example/live?ticket=t"
