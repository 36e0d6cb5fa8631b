"""Programmes deliver call records and ask for balances, under the same purposes as people (VOI-02, API-01, SEC-01)."""

from uuid import uuid4

import pytest
from django.utils.timezone import now

from onehall.contexts.subscriptions import api as subscriptions
from onehall.contexts.voice import api as voice
from onehall.foundation.values.period import local
from onehall.runs.rate_calls import rate_calls
from tests.cast import Cast, dwelling
from tests.entrances.programme import Programme
from tests.journeys.test_fixed_lines import NUMBER, choose
from tests.telephone import ALL, LI_MIN, called, months_at_work, opened, paid_in


@pytest.mark.rule("VOI-02", "API-01", "SEC-01")
def test_records_are_delivered_once_and_the_balance_is_told_under_a_purpose(cast: Cast) -> None:
    clerk = cast.clerk()
    cast.new_line(clerk)
    paid_in(opened(clerk), "5.00", "2026-09-01")
    (line,) = subscriptions.subscriptions_at(dwelling_id=dwelling("dw", "1", "2", "502"), scope=ALL)
    exchange = Programme.of("0201")
    records = [called(LI_MIN, f"{local(now()):%Y-%m-%d} 00:00:00", 61), called(LI_MIN, "gestern", 61)]
    told = exchange.do("/telephone/records", {"name": "sbc-1", "records": records})
    assert (told["taken"], told["bad"], told["repeated"]) == (1, 1, 0)
    again = exchange.do("/telephone/records", {"name": "sbc-1", "records": records[:1]})
    assert (again["taken"], again["repeated"]) == (0, 1)
    assert rate_calls(at=now()) == 1
    assert exchange.get(f"/subscriptions/{line.id}/telephones").json["code"] == "customers.purpose_needed"
    exchange.post(
        f"/customers/{line.party_id}/purposes", {"kind": "present_verified", "verification": "id_document"}
    ).good()
    (found,) = exchange.get(f"/subscriptions/{line.id}/telephones").good()
    assert (found["number"], found["balance"], found["bills"]) == (LI_MIN, 47_000, [])


@pytest.mark.rule("API-01")
def test_what_is_no_record_is_refused_whole_and_who_may_not_delivers_nothing(cast: Cast) -> None:
    cast.clerk()
    assert (
        Programme.of("0213", counter="3")
        .post("/telephone/records", {"name": "x", "records": []}, key=uuid4())
        .status
        == 403
    )
    odd = {"name": "x", "records": [{"call_id": "1", "surprise": "2"}]}
    assert Programme.of("0201").post("/telephone/records", odd, key=uuid4()).status == 422


@pytest.mark.rule("CHG-06", "API-01", "ORD-13")
def test_a_programme_changes_a_line_and_finishes_what_costs_nothing(cast: Cast) -> None:
    cast.now = now()
    clerk = cast.clerk()
    card = cast.registered(clerk)
    home = dwelling("dw", "1", "2", "502")
    cast.pay(clerk, choose(cast, clerk, card.id, offering="line-rent", prepaid="80").id)
    desk = Programme.of("0213", counter="3")
    body = {
        "home": home, "business": "line_features", "offering": "line-features",
        "change": {"number": NUMBER, "features": [], "alarm_fen": 500},
    }  # fmt: skip
    odd = {**body, "change": {"number": "1", "features": []}}
    assert desk.post(f"/customers/{card.id}/items", odd, key=uuid4()).json["code"] == "telephone.no_line"
    basket = desk.do(f"/customers/{card.id}/items", body)
    assert basket["total"] == 0
    key = uuid4()
    unsigned = desk.post(f"/baskets/{basket['id']}/completion", key=key).json
    assert unsigned["code"] == "acceptance.signature_due"
    desk.do(f"/baskets/{basket['id']}/acceptance-form", {})
    desk.post(f"/baskets/{basket['id']}/signature", {"method": "paper"}).good()
    for _ in range(2):
        done = desk.post(f"/baskets/{basket['id']}/completion", key=key).good()
        assert done["state"] == "settled"
    assert voice.line(NUMBER, at=now(), scope=ALL).state.alarm_threshold == 50_000
    phone = voice.line(NUMBER, at=now(), scope=ALL).subscription
    leaving = {"reason": "搬走", "cause": "moving", "offer": "停机"}
    no = desk.post(f"/subscriptions/{phone}/ending", leaving, key=uuid4())
    assert no.json["code"] == "telephone.rest_undecided"
    desk.post(f"/subscriptions/{phone}/ending", {**leaving, "rest": "given_up"}, key=uuid4()).good()
    assert voice.line(NUMBER, at=now(), scope=ALL).state.closed


@pytest.mark.rule("BIL-04", "LAW-12", "VOI-02", "API-01")
def test_a_programme_reads_months_their_sums_outliers_and_what_waits(cast: Cast) -> None:
    cast.now = now()
    clerk, manager = cast.clerk(), cast.sign_in("0201")
    cast.new_line(clerk)
    trial = months_at_work(cast, clerk, manager)
    books = Programme.of("0241")
    told = books.get("/telephone/runs?limit=1").good()
    assert [one["month"] for one in told["items"]] == ["2026-10-01"] and told["next"]
    assert books.get(f"/telephone/runs/{trial.id}").good()["due"] == trial.due
    (far,) = books.get(f"/telephone/runs/{trial.id}/outliers").good()["items"]
    assert (far["number"], far["mean"]) == (LI_MIN, 201_500)
    assert books.get("/telephone/runs/999999").status == 404
    waits = books.get("/telephone/suspense").good()
    assert [one["reason"] for one in waits["items"]] == ["unknown_account"]
    assert waits["counts"] == {"unknown_account": 1, "bad_row": 1}
    assert Programme.of("0231").get("/telephone/runs").status == 403
