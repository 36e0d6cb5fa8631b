"""The board from dispatch to signature: what it shows, to whom, and what it lets them do."""

from uuid import uuid4

import pytest
from django.test import Client

from onehall.contexts.fieldwork.api import State
from tests.cast import count
from tests.entrances.board_room import (
    AUDITOR,
    CLERK,
    MANAGER,
    PAD,
    PROJECT_MANAGER,
    BoardRoom,
    post,
    room,
    words,
)

__all__ = ["room"]
REGISTER = "/board/work/register"


def test_an_empty_day_is_calm_and_a_sale_fills_it(room: BoardRoom) -> None:
    manager = room.browser()
    before = words(manager.get("/board/"))
    assert "¥0.00" in before
    assert "没有要你处理的事" in before
    room.sold()
    after = words(manager.get("/board/"))
    assert "¥880.00" in after
    assert "1 张待发单" in after
    assert "3号 李敏" in after


def test_figures_stand_beside_yesterdays(room: BoardRoom) -> None:
    room.sold("502")
    room.cast.later(days=1, minutes=1)
    page = words(room.browser().get("/board/"))
    assert "昨天此时 ¥880.00" in page
    assert "¥0.00</span>" in page.replace(" </span>", "</span>")


@pytest.mark.rule("WRK-03")
def test_what_is_not_handed_over_the_same_day_turns_red_with_owner_and_age(room: BoardRoom) -> None:
    case = room.sold()
    assert "超时的工单" not in words(room.browser().get("/board/"))
    room.cast.later(days=1)
    page = words(room.browser().get("/board/"))
    assert "超时的工单" in page
    assert "营业厅" in page
    assert case.serial in words(room.browser().get("/board/work/?late=1"))


@pytest.mark.rule("WRK-02")
def test_a_case_goes_from_the_hall_to_the_project_manager_who_signs(room: BoardRoom) -> None:
    case = room.dispatched()
    manager, signer = room.browser(), room.browser(PROJECT_MANAGER)
    assert "交给的是钱军" not in words(manager.get(f"/board/work/{case.id}"))
    assert post(manager, f"/board/work/{case.id}/sign", strokes=PAD).status_code == 403
    assert "data-sign" in words(signer.get(f"/board/work/{case.id}"))
    assert post(signer, f"/board/work/{case.id}/sign", strokes=PAD).status_code == 303
    page = words(signer.get(f"/board/work/{case.id}"))
    assert "钱军 签收 · 手写签名" in page
    assert room.state(case) is State.TO_VISIT


@pytest.mark.rule("WRK-02")
def test_a_dot_is_no_signature_and_a_made_up_pad_is_refused(room: BoardRoom) -> None:
    case = room.dispatched()
    signer = room.browser(PROJECT_MANAGER)
    dot = '{"width": 300, "height": 150, "strokes": [[[10, 10, 0, 0.5]]]}'
    for pad, status in (
        (dot, 409),
        ("", 409),
        ("[1]", 400),
        ('{"width": 0, "height": 1, "strokes": []}', 400),
    ):
        assert post(signer, f"/board/work/{case.id}/sign", strokes=pad).status_code == status
    assert room.state(case) is State.DISPATCHED


def test_the_project_manager_confirms_and_sends_an_installer(room: BoardRoom) -> None:
    case = room.dispatched()
    signer = room.browser(PROJECT_MANAGER)
    post(signer, f"/board/work/{case.id}/sign", method="confirmed")
    page = words(signer.get(f"/board/work/{case.id}"))
    installer = page.split("赵刚 0232")[0].rsplit('value="', 1)[1].split('"')[0]
    post(signer, f"/board/work/{case.id}/assign", installer=installer)
    assert "钱军 派了装维" in words(signer.get(f"/board/work/{case.id}"))
    assert "赵刚" in words(signer.get("/board/work/"))


def test_steps_that_may_not_be_taken_are_greyed_with_their_reason(room: BoardRoom) -> None:
    case = room.sold()
    page = words(room.browser(PROJECT_MANAGER).get(f"/board/work/{case.id}"))
    assert 'aria-disabled="true"' in page
    assert "现在是“待发单”，还没有轮到" in page
    assert "您的岗位没有这项权限（work.dispatch）" in page
    assert f'action="/board/work/{case.id}/dispatch"' not in page


def test_a_press_repeated_happens_once(room: BoardRoom) -> None:
    case, browser, intent = room.sold(), room.browser(), str(uuid4())
    for _ in range(2):
        answer = post(
            browser, f"/board/work/{case.id}/dispatch", project_manager=case.project_manager_id, intent=intent
        )
        assert answer.status_code == 303
    assert count("fieldwork_dispatch") == 1


@pytest.mark.rule("SEC-10")
def test_another_halls_case_and_paper_do_not_exist(room: BoardRoom) -> None:
    case = room.dispatched()
    sent = post(room.browser(), f"/board/work/{case.id}/papers", kind="installation")
    stranger = room.browser("0301", hall="guandi")
    assert stranger.get(f"/board/work/{case.id}").status_code == 404
    assert stranger.get(sent["Location"]).status_code == 404
    assert post(stranger, f"/board/work/{case.id}/dispatch", project_manager="1").status_code == 404
    assert post(stranger, f"/board/work/{case.id}/papers", kind="installation").status_code == 404
    assert case.serial not in words(stranger.get("/board/work/"))
    assert case.serial not in words(stranger.get(REGISTER))


@pytest.mark.rule("SEC-10")
def test_every_page_of_the_board_asks_for_its_permission(room: BoardRoom) -> None:
    installer, auditor, clerk = room.browser("0232"), room.browser(AUDITOR), room.browser(CLERK)
    for address in ("/board/", "/board/work/", REGISTER, "/board/audit/", "/board/policies/"):
        assert Client().get(address).status_code == 302
        assert installer.get(address).status_code == 403
        assert auditor.get(address).status_code == 200
    assert clerk.get("/board/audit/").status_code == 403
    assert clerk.get("/board/policies/").status_code == 403
    assert post(clerk, "/board/work/1/archive").status_code == 403


def test_contacts_are_covered_on_every_page(room: BoardRoom) -> None:
    case = room.sold()
    for address in ("/board/work/", f"/board/work/{case.id}", REGISTER):
        page = words(room.browser().get(address))
        assert case.contact.phone not in page
        assert case.contact.name not in page


def test_the_list_is_narrowed_by_state_compound_and_number(room: BoardRoom) -> None:
    first, second = room.sold("501"), room.dispatched("502")
    manager = room.browser()

    def listed(query: str) -> list[bool]:
        page = words(manager.get(f"/board/work/?{query}"))
        return [case.serial in page for case in (first, second)]

    assert listed("") == [True, True]
    assert listed("state=dispatched") == [False, True]
    assert listed("compound=dw") == [True, True]
    assert listed("compound=rq") == [False, False]
    assert listed(f"find={first.account}") == [True, False]
    assert listed("closed=1") == [False, False]
    assert listed("state=nonsense&after=nonsense") == [True, True]


def test_a_refresh_asks_for_the_region_alone(room: BoardRoom) -> None:
    manager = room.browser()
    for address, region in (("/board/", "tiles"), ("/board/work/", 'id="work"'), (REGISTER, "empty")):
        part = words(manager.get(address, headers={"HX-Request": "true"}))
        assert region in part
        assert "<html" not in part


@pytest.mark.rule("WRK-02", "WRK-03")
def test_the_register_hands_over_the_whole_day_with_one_press(room: BoardRoom) -> None:
    cases = [room.sold(number) for number in ("501", "502", "601")]
    manager, intent = room.browser(MANAGER), str(uuid4())
    assert words(manager.get(REGISTER)).count('form="dispatch" checked') == len(cases)
    chosen = {"case": [case.id for case in cases], "project_manager": "", "intent": intent}
    page = words(manager.post(f"{REGISTER}/dispatch", chosen))
    assert "办成 3 张，共 3 张" in page
    assert "办成 3 张，共 3 张" in words(manager.post(f"{REGISTER}/dispatch", chosen))
    assert count("fieldwork_dispatch") == len(cases)


@pytest.mark.rule("WRK-02")
def test_one_signature_signs_what_can_be_signed_and_says_what_cannot(room: BoardRoom) -> None:
    signed, waits = room.dispatched("501"), room.sold("502")
    answer = room.browser(PROJECT_MANAGER).post(
        f"{REGISTER}/sign", {"case": [signed.id, waits.id], "strokes": PAD, "intent": str(uuid4())}
    )
    page = words(answer)
    assert "办成 1 张，共 2 张" in page
    assert "现在是“待发单”，不能签收" in page
    assert room.state(signed) is State.TO_VISIT
    assert room.state(waits) is State.TO_DISPATCH


def test_an_empty_choice_is_refused(room: BoardRoom) -> None:
    for chosen in ({}, {"case": ["1 or 1=1"]}):
        answer = room.browser().post(f"{REGISTER}/dispatch", {**chosen, "intent": str(uuid4())})
        assert answer.status_code == 400


@pytest.mark.rule("WRK-02")
def test_the_register_and_the_sheets_are_printed(room: BoardRoom) -> None:
    case = room.dispatched()
    manager = room.browser()
    for address, fields in (
        (f"{REGISTER}/papers", {"day": room.cast.now.date().isoformat()}),
        (f"/board/work/{case.id}/papers", {"kind": "installation"}),
        (f"/board/work/{case.id}/papers", {"kind": "follow_up"}),
    ):
        sent = post(manager, address, **fields)
        assert sent.status_code == 303
        file = manager.get(sent["Location"])
        assert file["Content-Type"] == "application/pdf"
        assert file.content.startswith(b"%PDF")
    assert "装机单" in words(manager.get(f"/board/work/{case.id}"))
    assert post(manager, f"/board/work/{case.id}/papers", kind="receipt").status_code == 400
