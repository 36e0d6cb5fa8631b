"""Probes, request lines and the number on every error page (API-05)."""

import json
import logging
import re
import sys
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from onehall.config import urls
from onehall.foundation.database import fetch_all
from onehall.foundation.identity.middleware import SESSION_COOKIE
from onehall.foundation.telemetry import readiness
from onehall.foundation.telemetry.formatting import JsonLine
from onehall.foundation.web.permit import public
from tests.cast import Cast, mobile, resident_id
from tests.conftest_database import PointedTo

NAME, ID, PHONE = "王建国", resident_id(turn=902), mobile()


class Lines(logging.Handler):
    """What would be written."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(JsonLine("pages", "Asia/Shanghai"))
        self.text: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.text.append(self.format(record))

    def of(self, name: str) -> list[dict[str, Any]]:
        return [line for line in map(json.loads, self.text) if line["logger"] == name]


@pytest.fixture
def lines() -> Iterator[Lines]:
    handler, root, request = Lines(), logging.getLogger(), logging.getLogger("onehall.request")
    root.addHandler(handler)
    request.setLevel(logging.INFO)
    yield handler
    root.removeHandler(handler)
    request.setLevel(logging.NOTSET)


@public(methods=("GET", "POST"))
def _broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError(f"{NAME} {ID} {request.POST}")


@pytest.fixture
def browser(settings: Any) -> Client:
    """A stranger's, in a hall with one page that breaks."""
    module = types.ModuleType("tests_broken_urls")
    vars(module).update({name: getattr(urls, name) for name in dir(urls) if name.startswith("handler")})
    module.urlpatterns = [*urls.urlpatterns, path("broken", _broken)]  # type: ignore[attr-defined]
    sys.modules[module.__name__] = module
    settings.ROOT_URLCONF = module.__name__
    return Client(raise_request_exception=False, enforce_csrf_checks=True)


@pytest.mark.rule("API-05")
def test_alive_asks_no_database_even_of_who_is_signed_in() -> None:
    client = Client()
    client.cookies[SESSION_COOKIE] = "somebody"
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"alive\n")


@pytest.mark.rule("API-05")
def test_ready_says_which_look_failed_and_only_to_the_watchers(
    cast: Cast, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = Client().get("/readyz")
    assert answer.status_code == 200 and set(answer.json()["looks"].values()) == {"ok"}
    fetch_all(
        "insert into outbox_outboxevent (topic, hall_id, payload, created_at) values ('x', 1, '{}', now() - interval '1 hour')"
    )
    keys = tmp_path / "keys.toml"
    keys.write_text("[[encryption]]")
    monkeypatch.setenv("ONEHALL_KEYS", str(keys))
    monkeypatch.setattr(readiness, "_current", set())
    fetch_all("delete from django_migrations where app = 'webhooks'")
    answer = Client().get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["looks"] == {
        "database": "ok",
        "migrations": "1 waiting",
        "keys": "unusable",
        "disk": "ok",
    }
    monkeypatch.setattr(readiness, "_current", {str(readiness.connection.settings_dict["NAME"])})
    assert re.fullmatch(r"3\d\d\d s behind", Client().get("/readyz").json()["looks"]["outbox"])
    settings.METRICS_TOKEN = "t0ken"
    told = Client().get("/readyz")
    assert (told.status_code, told.json()) == (503, {"ready": False})
    settings.HOME = tmp_path / "full"
    monkeypatch.setattr(readiness.shutil, "disk_usage", lambda path: types.SimpleNamespace(free=10**6))
    found = Client(headers={"authorization": "Bearer t0ken"}).get("/readyz").json()["looks"]
    assert found["disk"] == "1 MB free"


@pytest.mark.rule("API-05")
def test_without_a_database_it_is_alive_and_not_ready_and_still_tells_its_figures(
    real_db: str, django_db_blocker: object
) -> None:
    with PointedTo("no_such_database", django_db_blocker):
        assert Client().get("/healthz").status_code == 200
        answer = Client().get("/readyz")
        assert (answer.status_code, answer.json()["looks"]["database"]) == (503, "unreachable")
        assert b"onehall_database_up 0.0" in Client().get("/metrics").content
    assert Client().get("/readyz").json()["looks"]["outbox"] == "no profile installed"


@pytest.mark.rule("API-05")
@pytest.mark.parametrize(
    ("token", "headers", "address", "status"),
    [
        ("", {}, "127.0.0.1", 200),
        ("", {}, "::1", 200),
        ("", {}, "10.1.2.3", 404),
        ("", {}, "", 404),
        ("", {"x-forwarded-for": "127.0.0.1"}, "127.0.0.1", 404),
        ("", {"forwarded": "for=127.0.0.1"}, "127.0.0.1", 404),
        ("t0ken", {}, "127.0.0.1", 404),
        ("t0ken", {"authorization": "Bearer t0ken"}, "10.1.2.3", 200),
        ("t0ken", {"authorization": "Bearer t0ke"}, "127.0.0.1", 404),
        ("t0ken", {"authorization": "Bearer 令牌"}, "127.0.0.1", 404),
    ],
)
def test_figures_are_for_this_machine_or_for_who_holds_the_token(
    cast: Cast, settings: Any, token: str, headers: dict[str, str], address: str, status: int
) -> None:
    settings.METRICS_TOKEN = token
    assert Client(headers=headers, REMOTE_ADDR=address).get("/metrics").status_code == status


@pytest.mark.rule("API-05")
def test_figures_name_routes_never_paths_or_people(cast: Cast) -> None:
    clerk = cast.clerk()
    cast.new_line(clerk)
    client = Client(raise_request_exception=False)
    client.get(f"/desk/orders/{PHONE}")
    client.get(f"/{ID}/{NAME}")
    client.generic("BREW", "/v/")
    text = client.get("/metrics").content.decode()
    assert 'onehall_requests_total{method="GET",route="desk/orders/<int:order_id>",status="302"}' in text
    assert 'onehall_requests_total{method="GET",route="none",status="404"}' in text
    assert 'onehall_requests_total{method="OTHER",route="v/",status="405"}' in text
    assert re.search(r"^onehall_outbox_waiting [1-9]", text, re.M)
    for figure in (
        "onehall_build_info{",
        "onehall_webhook_backlog 0",
        "onehall_audit_unsealed ",
        "onehall_sessions_open ",
    ):
        assert figure in text
    assert 'onehall_request_seconds_bucket{le="0.005"' in text
    assert not any(secret in text for secret in (PHONE, ID, NAME))


@pytest.mark.rule("API-05")
@pytest.mark.parametrize(
    ("status", "asked"),
    [
        (400, {"path": "/sign-in", "HTTP_HOST": f"{NAME}.example"}),
        (403, {"path": "/sign-in", "method": "POST", "data": f"password={NAME}{ID}&phone={PHONE}"}),
        (404, {"path": f"/{NAME}/{PHONE}?id={ID}"}),
        (405, {"path": "/v/", "method": "OPTIONS", "data": ID}),
        (413, {"path": "/sign-in", "method": "POST", "data": "x" * 3_000_000}),
        (500, {"path": f"/broken?{ID}={NAME}"}),
    ],
)
def test_an_error_page_shows_the_number_that_its_line_has(
    browser: Client, lines: Lines, status: int, asked: dict[str, Any]
) -> None:
    answer = browser.generic(
        asked.get("method", "GET"), asked["path"], asked.get("data", ""),
        content_type="application/x-www-form-urlencoded", **{k: v for k, v in asked.items() if k.isupper()},
    )  # fmt: skip
    number = answer["X-Request-ID"]
    assert answer.status_code == status and number in answer.content.decode()
    (line,) = lines.of("onehall.request")
    assert (line["request_id"], line["status"]) == (number, status) and line["ms"] >= 0
    assert not any(secret in "".join(lines.text) for secret in (NAME, ID, PHONE))
    if status == 500:
        (told,) = lines.of("django.request")
        assert (told["request_id"], told["error"]["type"]) == (number, "RuntimeError")
        assert "_broken" in told["error"]["stack"][-1]


@pytest.mark.rule("API-05")
def test_a_line_names_the_person_by_number_and_the_trail_has_the_same_request(
    cast: Cast, lines: Lines
) -> None:
    manager = cast.sign_in("0201")
    client = Client()
    client.cookies[SESSION_COOKIE] = cast.tokens[manager.session_id or 0]
    fetch_all("update identity_session set seen_at = now(), started_at = now()")
    answer = client.get("/board/directory/?q=" + NAME, headers={"x-request-id": "from-the-proxy-1"})
    (line,) = lines.of("onehall.request")
    assert (answer.status_code, line["route"], line["user"], line["hall"]) == (
        200, "board/directory/", manager.user_id, manager.hall_id,
    )  # fmt: skip
    assert line["request_id"] == answer["X-Request-ID"] == "from-the-proxy-1"
    client.post("/sign-out", headers={"x-request-id": "from-the-proxy-2"})
    (trail,) = fetch_all("select request_id from audit_auditentry where action = 'identity.signed_out'")
    assert trail["request_id"] == "from-the-proxy-2"


@pytest.mark.rule("API-05")
def test_a_thousand_malformed_requests_break_nothing_and_fill_no_log(browser: Client, lines: Lines) -> None:
    for turn in range(250):
        answers = (
            browser.get(f"/%ff%00/{turn}/..%2f", HTTP_HOST="a b"),
            browser.generic("GET\t", f"/v/{'9' * turn}", HTTP_X_REQUEST_ID="\x00" * 9),
            browser.generic(
                "POST", "/sign-in", b"\xff" * turn, content_type="multipart/form-data; boundary=" + "x" * turn
            ),
            browser.generic(
                "POST", "/sign-in", b"{" * turn, content_type="application/json", CONTENT_LENGTH="-1"
            ),
        )
        assert all(400 <= answer.status_code < 500 for answer in answers), [a.status_code for a in answers]
    assert len(lines.text) < 250 and sum(map(len, lines.text)) < 100_000


@pytest.mark.rule("API-05")
def test_probes_that_succeed_are_not_worth_a_line(cast: Cast, lines: Lines) -> None:
    for address in ("/healthz", "/readyz", "/metrics"):
        assert Client().get(address).status_code == 200
    assert lines.text == []
