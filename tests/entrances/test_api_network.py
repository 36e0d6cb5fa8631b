"""Programmes ask about lines and sessions, under the same purposes as people (NET-04, SEC-01, API-01)."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from onehall.contexts.subscriptions import api as subscriptions
from onehall.foundation.scopes import Scope
from onehall.foundation.values.period import local
from tests import network_life as net
from tests.cast import Cast, dwelling
from tests.entrances.programme import Programme, float_500
from tests.entrances.test_api_walk import sold

ACCOUNT, MINUTE = "dw0120502", timedelta(minutes=1)


@pytest.mark.rule("NET-04", "SEC-01", "API-01")
def test_a_programme_asks_why_a_line_does_not_work_after_saying_why_it_asks(cast: Cast) -> None:
    clerk = Programme.of("0213", counter="3")
    clerk.do("/drawer", float_500())
    party = sold(clerk)["party"]
    (line,) = subscriptions.subscriptions_at(
        dwelling_id=dwelling("dw", "1", "2", "502"), scope=Scope.operator()
    )
    net.device(now())
    net.refused(ACCOUNT, now() - MINUTE)
    net.traffic(ACCOUNT, now(), 2.5)
    assert clerk.get(f"/subscriptions/{line.id}/line").json["code"] == "customers.purpose_needed"
    assert clerk.get(f"/subscriptions/{line.id}/usage").status == 403
    stated = {"kind": "present_verified", "verification": "id_document"}
    clerk.post(f"/customers/{party}/purposes", stated).good()
    told = clerk.get(f"/subscriptions/{line.id}/line").good()
    assert told["account"] == ACCOUNT
    assert told["findings"][0]["words"]["en"]
    assert [one["reason"] for one in told["refusals"]] == ["wrong_password"]
    assert told["password_is_first"] is True
    assert not any("secret" in name or "hash" in name for name in told)
    (day,) = clerk.get(f"/subscriptions/{line.id}/usage").good()["items"]
    assert day["down_octets"] == 2_250_000_000


@pytest.mark.rule("NET-04", "API-01", "SEC-10")
def test_sessions_are_listed_page_by_page_within_the_halls(cast: Cast) -> None:
    clerk = cast.clerk()
    for number in ("501", "502", "601"):
        cast.new_line(clerk, number)
        net.on_line(f"dw0120{number}", now() - 9 * MINUTE, now())
        net.was_on_line(f"dw0120{number}", now() - 60 * MINUTE, now() - 10 * MINUTE)
    manager = Programme.of("0201")
    first = manager.get("/network/sessions?limit=2").good()
    rest = manager.get(first["next"].removeprefix("/api/v1")).good()
    accounts = [one["account"] for one in (*first["items"], *rest["items"])]
    assert sorted(accounts) == ["dw0120501", "dw0120502", "dw0120601"]
    assert rest["next"] is None
    assert first["items"][0]["ended_at"] is None
    day = local(now() - 10 * MINUTE).date()
    ended = manager.get(f"/network/sessions?on_line=false&day={day}&account=dw0120502").good()["items"]
    assert [(one["account"], one["cause"]) for one in ended] == [("dw0120502", "User-Request")]
    assert manager.get("/network/sessions?limit=0").status == 422
    assert Programme.of("0301", hall="guandi").get("/network/sessions").good()["items"] == []
