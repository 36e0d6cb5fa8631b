"""The installer's phone: today's list, one visit from the door to the signature, and what it refuses."""

import json
from typing import Any

import pytest

from onehall.contexts.fieldwork import api as fieldwork
from onehall.contexts.fieldwork.api import MaterialUse, State
from onehall.contexts.orders import api as orders
from onehall.entrances.pocket.jobs.forms import strokes_drawn
from onehall.foundation.audit import trail
from onehall.foundation.database import fetch_all
from onehall.foundation.scopes import Scope
from onehall.journeys.reveal_contact import reveal_contact
from tests import network_life as net
from tests.cast import Cast
from tests.entrances.worksite import COLLEAGUE, INSTALLER, Worksite, in_order, intent

DRAWN = json.dumps({"width": 340, "height": 220, "strokes": [[[34, 110, 0, 0.5], [272, 88, 210, 0.6]]]})
HTMX = {"HX-Request": "true"}


@pytest.fixture
def site(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Worksite:
    monkeypatch.setattr("onehall.foundation.identity.middleware.now", lambda: cast.now)
    return Worksite(cast)


def measured(**typed: str) -> dict[str, str]:
    return {"intent": intent(), "down": "19.6", "up": "4.1", "loss": "0.2", "note": "稳定", **typed}


def signed(**typed: str) -> dict[str, str]:
    return {"intent": intent(), "points": "1", "method": "strokes", "strokes": DRAWN, **typed}


def visit_of(case: fieldwork.WorkOrder) -> fieldwork.Visit:
    return fieldwork.visits(case.id, scope=Scope.operator())[-1]


@pytest.mark.rule("WRK-02", "WRK-04")
def test_a_whole_visit_on_the_phone(site: Worksite) -> None:
    case = site.to_visit()
    phone = site.browser(INSTALLER)
    job = f"/pocket/jobs/{case.id}"
    page = phone.get(job).content.decode()
    assert "到达，开始" in page and case.contact.phone not in page and case.account in page
    assert phone.post(f"{job}/visit", {"intent": intent()}).headers["Location"] == job
    assert "去测线" in phone.get(job).content.decode()
    site.cast.later(minutes=10)
    assert phone.post(f"{job}/line-test", measured()).status_code == 303
    assert "↓ 19.6 · ↑ 4.1 Mbit/s · 丢包 0.2% · 稳定" in phone.get(job).content.decode()
    used = {"ours-patch-3m": "1", "own-cable": "12", "note": "客厅一个点"}
    assert phone.post(f"{job}/finish", signed(**used)).status_code == 303
    assert site.now(case).state is State.TO_RETURN
    visit = visit_of(case)
    assert visit.test == fieldwork.LineTest(19_600, 4_100, 2, "稳定")
    assert set(visit.materials) == {MaterialUse("patch-3m", 1), MaterialUse("cable", 12, own=True)}
    assert (visit.points, visit.note, visit.done) == (1, "客厅一个点", True)
    assert visit.signature_sha256
    assert orders.order(order_id=case.order_id, scope=Scope.operator()).state is orders.OrderState.COMPLETED
    done = phone.get(job).content.decode()
    assert "已完工" in done and "室内网线 ×12" in done and case.contact.phone not in done


@pytest.mark.rule("LAW-32")
def test_a_signature_is_kept_as_parts_of_its_field(site: Worksite) -> None:
    assert strokes_drawn(DRAWN) == (((0.1, 0.5, 0.0, 0.5), (0.8, 0.4, 210.0, 0.6)),)
    for made_up in (
        "",
        "x",
        "[]",
        '{"width": 0, "height": 1, "strokes": [[[1, 1, 0, 1]]]}',
        '{"strokes": 1}',
    ):
        assert not strokes_drawn(made_up)


def test_the_list_is_in_the_order_of_the_round(site: Worksite) -> None:
    late = site.to_visit("702", "刘芳")
    site.cast.later(days=8)
    near, working = site.to_visit("302", "陈㛃"), site.in_work("602", "王建国")
    done = site.finished("402", "欧阳建华")
    page = site.browser(INSTALLER).get("/pocket/").content.decode()
    assert in_order(page, ["3 件要做", working.address, near.address, late.address, done.address])
    assert page.count("超时") == 1 and "施工中" in page and "已完工" in page


def test_an_empty_day_says_what_comes_next(site: Worksite) -> None:
    assert "今天没有派给您的单子" in site.browser(INSTALLER).get("/pocket/").content.decode()
    english = site.browser(INSTALLER, lang="en").get("/pocket/").content.decode()
    assert "No job is assigned to you today" in english


@pytest.mark.rule("WRK-11")
def test_a_refresh_gets_the_part_only(site: Worksite) -> None:
    case = site.in_work()
    phone = site.browser(INSTALLER)
    for address in ("/pocket/", f"/pocket/jobs/{case.id}"):
        part = phone.get(address, headers=HTMX).content.decode()
        assert case.address in part and "<html" not in part
        assert f'data-live-src="{address}"' in phone.get(address).content.decode()


@pytest.mark.rule("SEC-10")
def test_nobody_sees_anothers_job(site: Worksite) -> None:
    case = site.in_work()
    for staff_no, hall in ((COLLEAGUE, "xinyuan"), ("0233", "guandi")):
        phone = site.browser(staff_no, hall)
        for what in ("", "/line-test", "/finish", "/abandonment"):
            assert phone.get(f"/pocket/jobs/{case.id}{what}").status_code == 404
        assert phone.post(f"/pocket/jobs/{case.id}/finish", signed()).status_code in (403, 404)
    assert site.browser("0213").get("/pocket/").status_code == 403
    assert site.now(case).state is State.IN_WORK


@pytest.mark.rule("SEC-07", "SEC-01")
def test_the_number_is_shown_by_a_tap_with_a_line_each_time(site: Worksite) -> None:
    case = site.to_visit()
    phone = site.browser(INSTALLER)
    assert case.contact.phone not in phone.get(f"/pocket/jobs/{case.id}").content.decode()
    for turn in (1, 2):
        assert (
            f'href="tel:{case.contact.phone}"'
            in phone.post(f"/pocket/jobs/{case.id}/number").content.decode()
        )
        lines = trail(
            scope=Scope.operator(), limit=9, action="work.contact_revealed", subject_id=str(case.id)
        )
        assert [(line.user_name, line.details["serial"]) for line in lines] == [("赵刚", case.serial)] * turn


@pytest.mark.rule("SEC-07", "SEC-01")
def test_a_colleague_is_not_shown_the_number_of_anothers_job(site: Worksite) -> None:
    case = site.to_visit()
    colleague = site.who(COLLEAGUE)
    assert site.browser(COLLEAGUE).post(f"/pocket/jobs/{case.id}/number").status_code == 404
    with pytest.raises(fieldwork.NotYourWork):
        reveal_contact(work_order=case.id, by=colleague, at=site.cast.now)
    done = site.finished("302", "刘芳")
    with pytest.raises(fieldwork.WrongState):
        reveal_contact(work_order=done.id, by=site.who(INSTALLER), at=site.cast.now)
    assert trail(scope=Scope.operator(), limit=9, action="work.contact_revealed") == []


@pytest.mark.rule("SEC-01")
def test_contacts_go_when_the_day_is_over(site: Worksite) -> None:
    case = site.finished()
    assert site.browser(INSTALLER).get(f"/pocket/jobs/{case.id}").status_code == 200
    site.cast.later(days=1)
    assert site.browser(INSTALLER).get(f"/pocket/jobs/{case.id}").status_code == 404


@pytest.mark.rule("WRK-02")
@pytest.mark.parametrize("how", [{"strokes": ""}, {"strokes": json.dumps({"width": 9, "height": 9, "strokes": [[[1, 1, 0, 1]]]})}, {"method": ""}, {"method": "confirmed"}])  # fmt: skip
def test_nobody_finishes_without_the_customers_hand(site: Worksite, how: dict[str, str]) -> None:
    case = site.in_work()
    answer = site.browser(INSTALLER).post(f"/pocket/jobs/{case.id}/finish", signed(**how), headers=HTMX)
    assert answer.status_code == 409 and answer.headers["HX-Retarget"] == "#refusal"
    assert "没有签名或盖章" in answer.content.decode() and "WRK-02" in answer.content.decode()
    assert site.now(case).state is State.IN_WORK


@pytest.mark.rule("WRK-02")
@pytest.mark.parametrize("method", ["paper", "seal"])
def test_the_customer_may_sign_or_seal_the_paper(site: Worksite, method: str) -> None:
    case = site.in_work()
    sent = signed(method=method, strokes="")
    assert site.browser(INSTALLER).post(f"/pocket/jobs/{case.id}/finish", sent).status_code == 303
    assert site.now(case).state is State.TO_RETURN


@pytest.mark.rule("WRK-04")
def test_nobody_finishes_without_a_line_test(site: Worksite) -> None:
    case = site.in_work(tested=False)
    answer = site.browser(INSTALLER).post(f"/pocket/jobs/{case.id}/finish", signed(), headers=HTMX)
    assert answer.status_code == 400 and "还没有线路测试结果" in answer.content.decode()


@pytest.mark.rule("FEE-02")
def test_more_than_is_free_is_the_customers_own(site: Worksite) -> None:
    case = site.in_work()
    phone = site.browser(INSTALLER)
    answer = phone.post(f"/pocket/jobs/{case.id}/finish", signed(**{"ours-patch-3m": "2"}), headers=HTMX)
    assert answer.status_code == 400 and "FEE-02" in answer.content.decode()
    form = phone.get(f"/pocket/jobs/{case.id}/finish").content.decode()
    assert 'name="ours-patch-3m" value="0" min="0" max="1"' in form and 'name="ours-cable"' not in form


@pytest.mark.rule("WRK-04")
@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"down": ""}, "down"),
        ({"down": "快"}, "down"),
        ({"up": "-4"}, "up"),
        ({"loss": "一点"}, "loss"),
        ({"up": "1e9"}, "up"),
    ],
)
def test_what_is_no_number_is_said_in_words(site: Worksite, typed: dict[str, str], field: str) -> None:
    case = site.in_work(tested=False)
    answer = site.browser(INSTALLER).post(
        f"/pocket/jobs/{case.id}/line-test", measured(**typed), headers=HTMX
    )
    assert answer.status_code == 400 and f'data-field="{field}"' in answer.content.decode()
    assert visit_of(case).test is None


def test_full_width_figures_are_figures(site: Worksite) -> None:
    case = site.in_work(tested=False)
    site.browser(INSTALLER).post(f"/pocket/jobs/{case.id}/line-test", measured(down="１９．６", loss=""))
    assert visit_of(case).test == fieldwork.LineTest(19_600, 4_100, 0, "稳定")


@pytest.mark.rule("ORD-13")
def test_what_a_phone_sends_twice_happens_once(site: Worksite) -> None:
    case = site.to_visit()
    phone = site.browser(INSTALLER)
    sent = {"intent": intent()}
    assert [phone.post(f"/pocket/jobs/{case.id}/visit", sent).status_code for _ in range(2)] == [303, 303]
    test = measured()
    for _ in range(2):
        assert phone.post(f"/pocket/jobs/{case.id}/line-test", test).status_code == 303
    assert len(fetch_all("select 1 from fieldwork_linetest")) == 1
    finish = signed()
    assert [phone.post(f"/pocket/jobs/{case.id}/finish", finish).status_code for _ in range(2)] == [303, 303]
    assert phone.post(f"/pocket/jobs/{case.id}/finish", {**signed(), "intent": "x"}).status_code == 400


@pytest.mark.rule("WRK-04")
def test_nobody_at_home_and_the_next_one_reads_why(site: Worksite) -> None:
    case = site.in_work(tested=False)
    phone = site.browser(INSTALLER)
    sent: dict[str, Any] = {"intent": intent(), "note": "没人在家，七点以后回来"}
    assert phone.post(f"/pocket/jobs/{case.id}/abandonment", sent).headers["Location"] == "/pocket/"
    assert site.now(case).state is State.TO_VISIT
    page = phone.get(f"/pocket/jobs/{case.id}").content.decode()
    assert "没人在家，七点以后回来" in page and "到达，开始" in page


def test_a_form_that_is_not_its_turn_shows_the_job(site: Worksite) -> None:
    case = site.to_visit()
    phone = site.browser(INSTALLER)
    for form in ("line-test", "finish", "abandonment"):
        assert phone.get(f"/pocket/jobs/{case.id}/{form}").headers["Location"] == f"/pocket/jobs/{case.id}"
    assert phone.post(f"/pocket/jobs/{case.id}/finish", signed(), headers=HTMX).status_code == 409


@pytest.mark.rule("NET-04", "SEC-01")
def test_the_installer_sees_the_customers_line_come_up_at_the_door(site: Worksite) -> None:
    case = site.to_visit()
    phone, network = site.browser(INSTALLER), f"/pocket/jobs/{case.id}/network"
    assert network in phone.get(f"/pocket/jobs/{case.id}").content.decode()
    net.device(site.cast.now)
    net.refused(case.account, site.cast.now)
    assert "密码不对" in phone.get(network).content.decode()
    net.on_line(case.account, site.cast.now, site.cast.now)
    page = phone.get(network).content.decode()
    assert "在线自" in page and "馨苑BRAS-1" in page
    assert site.browser(COLLEAGUE).get(network).status_code == 404
