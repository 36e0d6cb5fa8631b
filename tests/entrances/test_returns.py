"""Returned sheets: found, looked at beside the visit, taken only with a signature or seal (WRK-02, WRK-04)."""

import pytest

from onehall.contexts.fieldwork.api import Sign, State
from tests.cast import Cast
from tests.entrances.worksite import CLERK, INSTALLER, Worksite, in_order, intent

HTMX = {"HX-Request": "true"}
HERE = "/desk/returns/"


@pytest.fixture
def site(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Worksite:
    monkeypatch.setattr("onehall.foundation.identity.middleware.now", lambda: cast.now)
    return Worksite(cast)


@pytest.mark.rule("WRK-04")
def test_a_pile_of_sheets_is_worked_off(site: Worksite) -> None:
    first, second = site.finished("302", "刘芳"), site.finished("502", "王建国")
    desk = site.browser(CLERK)
    page = desk.get(HERE).content.decode()
    assert in_order(page, [first.serial, second.serial]) and 'data-key="1"' in page
    assert "刘芳" not in page and "刘*" in page
    for case in (first, second):
        answer = desk.post(f"{HERE}{case.id}", {"intent": intent(), "method": "paper"})
        assert answer.headers["Location"] == f"{HERE}?done={case.serial}"
        assert site.now(case).state is State.TO_FOLLOW_UP
    assert "没有要回的单子" in desk.get(HERE).content.decode()
    assert f"{second.serial} 已回单" in desk.get(f"{HERE}?done={second.serial}").content.decode()


def test_a_serial_or_account_that_fits_alone_opens_its_sheet(site: Worksite) -> None:
    one, other = site.finished("302", "刘芳"), site.finished("502", "王建国")
    desk = site.browser(CLERK)
    for typed in (one.serial, one.account):
        assert desk.get(HERE, {"find": f" {typed} "}).headers["Location"] == f"{HERE}{one.id}"
    both = desk.get(HERE, {"find": "DW"}).content.decode()
    assert one.serial in both and other.serial in both
    assert "没有这张单子在等回单" in desk.get(HERE, {"find": "DW9%"}).content.decode()


@pytest.mark.rule("WRK-04")
def test_the_result_of_the_visit_stands_beside(site: Worksite) -> None:
    case = site.finished()
    page = site.browser(CLERK).get(f"{HERE}{case.id}").content.decode()
    for what in ("赵刚", "↓ 19.6 · ↑ 4.1 Mbit/s", "室内网线 12 米（自备）", "3 米网线 1 根", "王建国"):
        assert what in page
    english = site.browser(CLERK, lang="en").get(f"{HERE}{case.id}").content.decode()
    assert "sealed by the organisation" in english and "Indoor cable 12 m (own)" in english


@pytest.mark.rule("WRK-02")
@pytest.mark.parametrize("method", ["", "confirmed", "made-up", "strokes"])
def test_an_unsigned_sheet_is_not_taken(site: Worksite, method: str) -> None:
    case = site.finished(method=Sign.PAPER)
    sent = {"intent": intent(), "method": method}
    answer = site.browser(CLERK).post(f"{HERE}{case.id}", sent, headers=HTMX)
    assert answer.status_code == 409 and "没有签名或盖章" in answer.content.decode()
    assert site.now(case).state is State.TO_RETURN


@pytest.mark.rule("WRK-02")
@pytest.mark.parametrize(("method", "signed"), [("seal", Sign.PAPER), ("strokes", Sign.STROKES)])
def test_a_seal_or_the_signature_on_the_phone_will_do(site: Worksite, method: str, signed: Sign) -> None:
    case = site.finished(method=signed)
    sent = {"intent": intent(), "method": method, "note": "随单交回旧路由器"}
    assert site.browser(CLERK).post(f"{HERE}{case.id}", sent).status_code == 303
    assert site.now(case).state is State.TO_FOLLOW_UP


@pytest.mark.rule("WRK-11", "ORD-13")
def test_other_screens_learn_of_it_and_pressing_twice_is_once(site: Worksite) -> None:
    case = site.finished()
    desk = site.browser(CLERK)
    assert 'data-live="work.finished work.returned' in desk.get(HERE).content.decode()
    assert "<html" not in desk.get(HERE, headers=HTMX).content.decode()
    sent = {"intent": intent(), "method": "paper"}
    assert [desk.post(f"{HERE}{case.id}", sent).status_code for _ in range(2)] == [303, 303]
    late = desk.post(f"{HERE}{case.id}", {"intent": intent(), "method": "paper"}, headers=HTMX)
    assert late.status_code == 409 and "待回访" in late.content.decode()
    assert "不在等回单" in desk.get(f"{HERE}{case.id}").content.decode()


@pytest.mark.rule("SEC-10")
def test_another_halls_sheet_does_not_exist(site: Worksite) -> None:
    case = site.finished()
    elsewhere = site.browser("0311", "guandi")
    assert elsewhere.get(f"{HERE}{case.id}").status_code == 404
    assert elsewhere.post(f"{HERE}{case.id}", {"intent": intent(), "method": "paper"}).status_code == 404
    assert case.serial not in elsewhere.get(HERE).content.decode()
    assert site.browser(INSTALLER).get(HERE).status_code == 403
