"""Every route of the URL map × every role × the own and another hall (SEC-10). A route with ids must register a record here."""

import re
from collections.abc import Iterator
from http.cookies import SimpleCookie
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client

from onehall.contexts.organisation.models import Counter
from onehall.foundation.identity.middleware import SESSION_COOKIE
from onehall.foundation.web.permit import PUBLIC
from tests.entrances.bodies import ANSWERS
from tests.entrances.hall_at_work import (
    PHONE,
    RESIDENT_ID,
    SELLERS,
    HallAtWork,
    SignedIn,
    hall_at_work,
)
from tests.entrances.routes import AT_A_COUNTER, DIALLED, OWNED, ROUTES, SHARED, TOLD_ONLY, Route
from tests.entrances.untouched import undone, unwritten


@pytest.fixture(scope="module")
def at_work(shared_hall: str, django_db_blocker: object) -> Iterator[HallAtWork]:
    """馨苑厅 with a sale, its work, its papers and a session for every role in it and in the other hall."""
    with hall_at_work(shared_hall, django_db_blocker) as work:
        yield work


def ask(
    address: str, method: str, token: str | None, body: dict[str, Any] | None = None, *, part: bool = False
) -> HttpResponse:
    """What the route answers to this browser."""
    client = Client(raise_request_exception=False, headers={"HX-Request": "true"} if part else None)
    if token:
        client.cookies = SimpleCookie({SESSION_COOKIE: token})
    return client.generic("GET", address) if method == "GET" else client.post(address, body or {})  # type: ignore[return-value]


def send(
    route: Route, address: str, method: str, session: SignedIn | None, *, home: int | None = None
) -> Any:
    """A programme's request with a key of its own: without a body, or with the whole of what it would send."""
    headers = {"Authorization": f"Bearer {session.access}"} if session else {}
    body = route.body(method, home) if home else b""
    if home and route.pattern.endswith("/options"):
        address += f"?home={home}"
    client = Client(raise_request_exception=False, headers={**headers, "Idempotency-Key": str(uuid4())})
    return client.generic(method, address, body, content_type="application/json")


PAGES = [route for route in ROUTES if not route.programme]
OPERATIONS = [route for route in ROUTES if route.programme]


def test_the_url_map_was_read_and_every_registered_record_has_its_route() -> None:
    assert len(ROUTES) > 60
    stale = {*OWNED, *SHARED, *AT_A_COUNTER} - {route.pattern for route in ROUTES}
    assert not stale, f"no such routes any more: {sorted(stale)}"


def test_a_row_that_is_written_is_seen(at_work: HallAtWork) -> None:
    with pytest.raises(AssertionError), unwritten(at_work.before):
        Counter.objects.filter(no="3").update(no="33")
    with unwritten(at_work.before), undone():
        Counter.objects.filter(no="3").update(no="33")


@pytest.mark.rule("SEC-10", "ORG-06")
@pytest.mark.parametrize("route", [r for r in PAGES if r.permission != PUBLIC], ids=lambda r: r.pattern)
def test_a_stranger_is_sent_to_sign_in_and_writes_nothing(route: Route, at_work: HallAtWork) -> None:
    address = route.address(at_work)
    with unwritten(at_work.before):
        answers = [
            (ask(address, method, None), ask(address, method, None, part=True)) for method in route.methods
        ]
    for answer, part in answers:
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/sign-in")
        assert (part.status_code, part["HX-Redirect"].split("?")[0]) == (401, "/sign-in")


@pytest.mark.rule("SEC-10", "SEC-08", "API-01")
@pytest.mark.parametrize("route", OPERATIONS, ids=lambda r: r.pattern)
def test_without_a_token_no_operation_answers_and_a_browsers_cookie_is_none(
    route: Route, at_work: HallAtWork
) -> None:
    address = route.address(at_work)
    with unwritten(at_work.before):
        for method in route.methods:
            answer = send(route, address, method, None, home=at_work.records["home"])
            assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")
            assert answer["WWW-Authenticate"].startswith("Bearer")
            for session in at_work.here.values():
                client = Client(raise_request_exception=False)
                client.cookies = SimpleCookie({SESSION_COOKIE: session.token})
                body = route.body(method)
                answer = client.generic(method, address, body, content_type="application/json")
                assert answer.status_code == 401, f"{method} {address} takes a browser's cookie"


@pytest.mark.rule("SEC-10", "ORG-06")
@pytest.mark.parametrize("route", [r for r in ROUTES if r.permission != PUBLIC], ids=lambda r: r.pattern)
def test_a_role_reaches_what_its_permissions_say(route: Route, at_work: HallAtWork) -> None:
    address = route.address(at_work)
    for role, method, session in _asking(route, at_work):
        if route.needs(method) in session.permissions:
            with undone():
                answer = reach(route, address, method, session)
            _welcome(route, role, method, answer)
            _masked(route, role, answer)


@pytest.mark.rule("SEC-10", "ORG-06")
@pytest.mark.parametrize("route", [r for r in ROUTES if r.permission != PUBLIC], ids=lambda r: r.pattern)
def test_a_role_without_the_permission_is_told_which_one_and_writes_nothing(
    route: Route, at_work: HallAtWork
) -> None:
    address = route.address(at_work)
    with unwritten(at_work.before):
        for role, method, session in _asking(route, at_work):
            missing = [one for one in route.doors(method) if one not in session.permissions]
            if missing:
                answer = whole(route, address, method, session, at_work)
                assert answer.status_code == 403, f"{role} {method} {address}: {answer.status_code}"
                assert missing[0] in answer.content.decode()
                _masked(route, role, answer)


def reach(route: Route, address: str, method: str, session: SignedIn) -> Any:
    """With nothing filled in, as a page or as a programme."""
    if route.programme:
        return send(route, address, method, session)
    return ask(address, method, session.token)


def whole(route: Route, address: str, method: str, session: SignedIn, at_work: HallAtWork) -> Any:
    """With everything filled in, as a page or as a programme."""
    if route.programme:
        return send(route, address, method, session, home=at_work.records["home"])
    return ask(address, method, session.token, at_work.full_form(route.pattern))


def _asking(route: Route, at_work: HallAtWork) -> Iterator[tuple[str, str, SignedIn]]:
    for role, session in at_work.here.items():
        for method in route.methods:
            yield role, method, session


def _welcome(route: Route, role: str, method: str, answer: HttpResponse) -> None:
    """A page is shown or leads on; an empty form is refused in words or leads on."""
    good = answer.status_code < (400 if method == "GET" else 500) and answer.status_code not in (
        403,
        404,
        405,
    )
    if route.pattern in AT_A_COUNTER and role not in SELLERS:
        good = answer.status_code == 404
    if role not in TOLD_ONLY.get(route.pattern, (role,)):
        good = answer.status_code == 404
    expected = answer.status_code == ANSWERS.get((route.pattern, method), answer.status_code if good else 0)
    assert expected, f"{role} {method} {route.pattern}: {answer.status_code}"


def _masked(route: Route, role: str, answer: HttpResponse) -> None:
    """No answer holds the clear number of the customer's document; the phone only where it is dialled."""
    if answer.streaming or answer.get("Content-Type", "").startswith("application/pdf"):
        return
    said = answer.content.decode()
    assert RESIDENT_ID not in said, f"{role} reads the document's number at {route.pattern}"
    assert PHONE not in said or route.pattern in DIALLED, f"{role} reads the phone at {route.pattern}"


@pytest.mark.rule("SEC-10")
@pytest.mark.parametrize("route", [r for r in ROUTES if r.pattern in OWNED], ids=lambda r: r.pattern)
def test_another_halls_record_answers_404_and_nothing_is_written(route: Route, at_work: HallAtWork) -> None:
    visitors = [
        (role, session)
        for role, session in at_work.elsewhere.items()
        if route.permission in session.permissions and not session.everywhere
    ]
    with unwritten(at_work.before):
        for role, session in visitors:
            for method in route.methods:
                answer = whole(route, route.address(at_work), method, session, at_work)
                assert answer.status_code == 404, f"{role} {method} {route.pattern}: {answer.status_code}"
                said = answer.content.decode()
                assert not any(secret in said for secret in at_work.telling), f"{role} learns of the record"
    assert visitors, f"no role of the profile holds {route.permission}: the route was not tried"


@pytest.mark.rule("SEC-10", "SEC-01", "SEC-07")
@pytest.mark.parametrize("route", [r for r in ROUTES if r.pattern in SHARED], ids=lambda r: r.pattern)
def test_what_belongs_to_the_operator_is_found_from_any_hall_but_masked(
    route: Route, at_work: HallAtWork
) -> None:
    for role, session in at_work.elsewhere.items():
        if route.permission not in (PUBLIC, *session.permissions):
            continue
        for method in route.methods:
            with undone():
                answer = reach(route, route.address(at_work), method, session)
            if route.needs(method) in session.permissions:
                _welcome(route, role, method, answer)
            _masked(route, role, answer)


@pytest.mark.rule("SEC-10")
def test_headquarters_sees_every_hall_and_works_in_none(at_work: HallAtWork) -> None:
    session = at_work.elsewhere["headquarters"]
    seen = [r for r in ROUTES if r.pattern in OWNED and r.permission in session.permissions]
    for route in (route for route in seen if "GET" in route.methods):
        assert reach(route, route.address(at_work), "GET", session).status_code < 400, route.pattern
    assert any("work_order" in route.pattern for route in seen)
    assert not session.permissions & {
        "payment.take",
        "basket.edit",
        "drawer.open",
        "work.dispatch",
        "customer.open",
    }


@pytest.mark.rule("SEC-10")
@pytest.mark.parametrize(
    "route", [r for r in PAGES if "POST" in r.methods and r.permission != PUBLIC], ids=lambda r: r.pattern
)
def test_a_form_from_another_site_is_refused(route: Route, at_work: HallAtWork) -> None:
    session = next(s for s in at_work.here.values() if route.permission in s.permissions)
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.cookies = SimpleCookie({SESSION_COOKIE: session.token})
    with unwritten(at_work.before):
        answer = client.post(route.address(at_work), at_work.full_form(route.pattern))
        assert answer.status_code == 403


@pytest.mark.rule("SEC-10")
@pytest.mark.parametrize("route", ROUTES, ids=lambda r: r.pattern)
def test_a_method_that_no_view_declares_is_refused(route: Route, at_work: HallAtWork) -> None:
    """Also by who may do everything else there: nothing hides behind PUT, PATCH or DELETE."""
    session = next(s for s in at_work.here.values() if route.permission in (PUBLIC, *s.permissions))
    client = Client(raise_request_exception=False)
    client.cookies = SimpleCookie({SESSION_COOKIE: session.token})
    undeclared = {"GET", "POST", "PUT", "PATCH", "DELETE"} - set(route.methods)
    for method in sorted(undeclared):
        assert client.generic(method, route.address(at_work)).status_code == 405, method


@pytest.mark.rule("SEC-02")
def test_public_pages_tell_no_personal_data(at_work: HallAtWork) -> None:
    public = [route for route in ROUTES if route.permission == PUBLIC]
    assert len(public) >= 4
    for route in public:
        for method in route.methods:
            with undone():
                answer = ask(route.address(at_work), method, None)
            assert answer.status_code in (ANSWERS.get((route.pattern, method)), *range(500))
            assert not any(secret in answer.content.decode() for secret in at_work.personal)


@pytest.mark.rule("SEC-10")
@pytest.mark.parametrize(
    "route", [r for r in ROUTES if "<int:" in r.pattern and r.permission != PUBLIC], ids=lambda r: r.pattern
)
def test_a_number_that_no_record_has_answers_404(route: Route, at_work: HallAtWork) -> None:
    """A guessed number, and one that is larger than any column holds."""
    session = next(s for s in at_work.here.values() if route.permission in s.permissions)
    with unwritten(at_work.before):
        for guessed in ("999999999", "9" * 30):
            address = "/" + re.sub(r"<int:\w+>", guessed, route.pattern)
            for method in route.methods:
                answer = whole(route, address, method, session, at_work)
                assert answer.status_code == 404, f"{method} {address}: {answer.status_code}"
