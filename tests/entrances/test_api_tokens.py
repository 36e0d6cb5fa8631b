"""Access tokens: within a person's permissions, shown once, dead the moment they are taken back (SEC-08, SEC-10)."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection
from django.utils.timezone import now

from onehall.entrances.console.main import parser
from onehall.foundation.audit import trail
from onehall.foundation.database import fetch_all
from onehall.foundation.identity.contracts import TokenNotIssued, TokenWanted
from onehall.foundation.identity.models import Grant, Role, Token, User
from onehall.foundation.identity.tokens import tokens
from onehall.foundation.refusals import Refusal
from onehall.foundation.scopes import NotFound, NotPermitted, Scope
from onehall.foundation.values.ids import HallId
from onehall.journeys.issue_token import issue_token
from onehall.journeys.revoke_token import revoke_token
from tests.cast import Cast
from tests.entrances.board_room import BoardRoom
from tests.entrances.board_room import room as room
from tests.entrances.programme import Programme, customer, float_500, issued


def wanted(hall_id: int, staff_no: str = "0213", *scopes: str, days: int = 30) -> TokenWanted:
    return TokenWanted("报表程序", staff_no, HallId(hall_id), None, scopes or ("customer.search",), days)


@pytest.mark.rule("SEC-08", "API-01")
def test_a_stolen_token_is_dead_at_the_next_request_after_it_is_revoked(cast: Cast) -> None:
    manager = cast.sign_in("0201")
    token = issued("0213", counter="3")
    thief = Programme(token.token)
    thief.do("/drawer", float_500())
    revoke_token(token_id=token.id, by=manager, at=cast.now)
    for answer in (thief.get("/drawer"), thief.post("/customers", customer(), key=uuid4())):
        assert (answer.status, answer.json["code"]) == (401, "identity.token_rejected")
    revoke_token(token_id=token.id, by=manager, at=cast.later(minutes=1))
    lines = [line for line in trail(scope=Scope.operator(), limit=50) if line.subject == "token"]
    assert [line.action for line in lines] == ["token.revoked", "token.issued"]
    assert token.token not in str(lines)


@pytest.mark.rule("SEC-08", "SEC-10")
def test_a_token_dies_with_its_time_and_with_its_person(cast: Cast) -> None:
    old = issued("0213", days=1, at=now() - timedelta(days=2))
    assert Programme(old.token).get("/halls").status == 401
    leaving = Programme.of("0211")
    assert leaving.get("/halls").status == 200
    User.objects.filter(staff_no="0211").update(is_active=False)
    assert leaving.get("/halls").status == 401
    for nonsense in ("", "x", "ohk_", "ohk_" + "x" * 5000, "é", "Bearer"):
        assert Programme(nonsense).get("/halls").status == 401


@pytest.mark.rule("SEC-10", "ORG-06")
def test_a_token_may_what_its_scopes_and_its_person_may_now(cast: Cast) -> None:
    reader = Programme.of("0213", counter="3", scopes=("customer.search",))
    assert reader.get("/customers?q=王").status == 200
    refused = reader.post("/drawer", float_500(), key=uuid4())
    assert (refused.status, refused.json["code"]) == (403, "not_permitted")
    assert "drawer.open" in refused.json["detail"]
    clerk = Programme.of("0213", counter="3")
    role = Role.objects.get(code="clerk")
    role.permissions = [code for code in role.permissions if code != "drawer.open"]
    role.save()
    assert clerk.post("/drawer", float_500(), key=uuid4()).status == 403
    Grant.objects.filter(user__staff_no="0213").delete()
    assert clerk.get("/customers?q=王").status == 403


@pytest.mark.rule("SEC-08", "SEC-07")
def test_only_the_hash_is_stored_and_the_token_is_shown_once(cast: Cast) -> None:
    manager = cast.sign_in("0201")
    key = uuid4()
    first = issue_token(wanted=wanted(manager.hall_id), intent=key, by=manager, at=cast.now)
    again = issue_token(wanted=wanted(manager.hall_id), intent=key, by=manager, at=cast.now)
    assert first.token and (again.token, again.id) == ("", first.id)
    assert Token.objects.count() == 1
    connection.check_constraints()
    for table in ("identity_token", "audit_auditentry", "idempotency_intent"):
        rows = fetch_all(f"select t::text as row from {table} t")
        assert rows and first.token not in str(rows) and first.token.encode().hex() not in str(rows)
    (line,) = tokens(scope=manager.scope, hall_id=manager.hall_id)
    assert (line.name, line.staff_no, line.alive(cast.now)) == ("报表程序", "0213", True)
    assert Programme(first.token).get("/customers?q=王").status == 200
    (line,) = tokens(scope=manager.scope)
    assert line.seen_at is not None


@pytest.mark.rule("SEC-08", "ORG-06")
@pytest.mark.parametrize(
    "change",
    [
        {"scopes": ("policy.change",)},
        {"scopes": ("token.manage",)},
        {"scopes": ("account.self",)},
        {"scopes": ("no.such",)},
        {"scopes": ()},
        {"days": 0},
        {"days": 5000},
        {"staff_no": "9999"},
        {"staff_no": "0311"},
        {"name": " "},
        {"name": "长" * 61},
    ],
    ids=str,
)
def test_no_token_reaches_further_or_longer_than_its_person(cast: Cast, change: dict[str, object]) -> None:
    manager = cast.sign_in("0201")
    with pytest.raises(TokenNotIssued) as refused:
        issue_token(wanted=replace(wanted(manager.hall_id), **change), by=manager, at=cast.now)  # type: ignore[arg-type]
    assert refused.value.sentence("zh") and refused.value.sentence("en")
    assert not Token.objects.exists()


@pytest.mark.rule("SEC-10", "ORG-06")
def test_tokens_are_issued_and_revoked_by_managers_of_the_hall_only(cast: Cast) -> None:
    manager, clerk = cast.sign_in("0201"), cast.sign_in("0213", counter="3")
    stranger = cast.sign_in("0311", hall="guandi", counter="1")
    elsewhere = replace(stranger, permissions=stranger.permissions | {"token.manage"})
    with pytest.raises(NotPermitted):
        issue_token(wanted=wanted(manager.hall_id), by=clerk, at=cast.now)
    with pytest.raises(NotFound):
        issue_token(wanted=wanted(manager.hall_id), by=elsewhere, at=cast.now)
    token = issue_token(wanted=wanted(manager.hall_id), by=manager, at=cast.now)
    with pytest.raises(NotFound):
        revoke_token(token_id=token.id, by=elsewhere, at=cast.now)
    with pytest.raises(NotPermitted):
        revoke_token(token_id=token.id, by=clerk, at=cast.now)
    assert Programme(token.token).get("/customers?q=王").status == 200


@pytest.mark.rule("SEC-10", "API-01")
def test_another_halls_records_do_not_exist_for_a_token(cast: Cast) -> None:
    here = cast.clerk()
    basket = cast.new_line(here).basket_id
    stranger = Programme.of("0311", hall="guandi", counter="1")
    answer = stranger.get(f"/baskets/{basket}/payment")
    assert (answer.status, answer.json["rule"]) == (404, "SEC-10")
    assert stranger.get(f"/baskets/{10**12}/payment").json["detail"] == answer.json["detail"]


@pytest.mark.rule("SEC-08", "API-01")
def test_on_the_managers_page_a_token_is_shown_once_and_to_managers_only(room: BoardRoom) -> None:
    browser = room.browser()
    assert "还没有令牌" in browser.get("/board/tokens/").content.decode()
    form = {
        "intent": str(uuid4()), "staff_no": "0213", "name": "报表程序", "days": "30", "counter": "",
        "scope": ["customer.search", "desk.use"],
    }  # fmt: skip
    first, again = (browser.post("/board/tokens/", form).content.decode() for _ in range(2))
    (token,) = re.findall(r'value="(ohk_[^"]+)"', first)
    assert "ohk_" not in again and "已经发出并显示过" in again
    assert token not in browser.get("/board/tokens/").content.decode()
    assert Programme(token).get("/customers?q=王").status == 200
    forged = {**form, "intent": str(uuid4()), "scope": ["policy.change"]}
    assert browser.post("/board/tokens/", forged).status_code == 400
    for wrong in ({"days": "x"}, {"days": ""}, {"counter": "99999"}, {"intent": ""}, {"staff_no": ""}):
        assert browser.post("/board/tokens/", {**form, "intent": str(uuid4()), **wrong}).status_code in (
            400,
            404,
        )
    assert room.browser("0213").get("/board/tokens/").status_code == 403
    (line,) = Token.objects.all()
    assert browser.post(f"/board/tokens/{line.pk}/revocation").status_code == 303
    assert Programme(token).get("/customers?q=王").status == 401


@pytest.mark.rule("API-04", "SEC-08")
def test_the_console_issues_lists_and_revokes(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ONEHALL_HOME", str(tmp_path))

    def onehall(*words: str) -> str:
        chosen = parser().parse_args(["token", *words])
        assert chosen.run(chosen) == 0
        return capsys.readouterr().out

    said = onehall("issue", "0213", "--hall", "xinyuan", "--counter", "3", "--name", "收款机", "--days", "7")
    token = said.splitlines()[-1]
    clerk = Programme(token)
    assert clerk.do("/drawer", float_500())["opening_float"] == 50000
    listed = onehall("list")
    assert "收款机" in listed and "有效 · valid" in listed and token not in listed
    number = str(Token.objects.get().pk)
    assert "revoked" in onehall("revoke", number)
    assert clerk.get("/drawer").status == 401
    for words in (
        ("issue", "9999", "--hall", "xinyuan", "--name", "x"),
        ("issue", "0213", "--hall", "nowhere", "--name", "x"),
        ("issue", "0213", "--hall", "xinyuan", "--counter", "77", "--name", "x"),
        ("revoke", "999999"),
    ):
        chosen = parser().parse_args(["token", *words])
        with pytest.raises(Refusal):
            chosen.run(chosen)
