"""How the API says no: RFC 9457, in the caller's language, and never with a 500 whatever is sent."""

import json
import random
from typing import Any
from uuid import uuid4

import pytest

from onehall.foundation.audit.chain import seal
from onehall.foundation.database import transaction
from tests.cast import Cast
from tests.entrances.programme import V1, Answer, Programme, customer, float_500, issued
from tests.entrances.routes import ROUTES
from tests.entrances.untouched import written

MOST_LINES = 1000


def a_problem(answer: Answer, status: int, code: str = "") -> dict[str, Any]:
    """The body, once it is what RFC 9457 says."""
    assert (answer.status, answer.type) == (status, "application/problem+json"), answer.content
    told: dict[str, Any] = answer.json
    assert told["status"] == status and told["title"] and told["detail"]
    assert told["type"] == f"urn:onehall:problem:{told['code']}"
    assert told["request_id"] == answer.headers["X-Request-ID"]
    assert not code or told["code"] == code
    return told


@pytest.mark.rule("API-01", "API-05", "ORD-05")
def test_a_refusal_carries_code_rule_alternative_and_speaks_the_callers_language(cast: Cast) -> None:
    token = issued("0213", counter="3").token
    english = Programme(token, lang="en-GB,en;q=0.9,zh;q=0.5").get("/drawer")
    chinese = Programme(token, lang="fr, zh;q=0.2").get("/drawer")
    told = a_problem(english, 409, "custody.no_open_drawer")
    assert (told["rule"], english.headers["Content-Language"]) == ("CSH-01", "en")
    assert told["alternative"] == "Count the float and open the drawer first."
    assert a_problem(chinese, 409)["alternative"] == "请先清点备用金并开箱。"
    for odd in ("", "*", "x" * 3000, ";;;q=,", "zh;q=nan", "de"):
        assert a_problem(Programme(token, lang=odd).get("/drawer"), 409)["title"] == "不能办理"


@pytest.mark.rule("API-01")
def test_every_kind_of_error_is_a_problem(cast: Cast) -> None:
    clerk = Programme.of("0213", counter="3")
    a_problem(clerk.get("/no-such-thing"), 404, "http.404")
    a_problem(clerk.ask("PUT", "/drawer", {}), 405, "http.405")
    a_problem(clerk.get("/baskets/999999"), 404, "not_found")
    a_problem(clerk.get("/audit"), 403, "not_permitted")
    a_problem(clerk.ask("POST", "/drawer", key=uuid4(), raw=b"{}", type="text/plain"), 415, "api.not_json")
    a_problem(clerk.ask("POST", "/drawer", key=uuid4(), raw=b'{"counted":'), 400, "api.unreadable")
    a_problem(clerk.ask("POST", "/drawer", key=uuid4(), raw=b"[" * 5_000_000), 413, "http.413")
    wrong = {**float_500(), "remark": 7, "colour": "red"}
    told = a_problem(clerk.post("/drawer", wrong, key=uuid4()), 422, "api.invalid")
    assert {one["field"] for one in told["errors"]} == {"given.remark", "given.colour"}
    assert clerk.get("/drawer").json["code"] == "custody.no_open_drawer"


@pytest.mark.rule("ORD-13")
@pytest.mark.parametrize("key", [None, "", "1", "not-a-uuid", "0" * 500, "９" * 36])
def test_what_moves_money_or_makes_an_order_needs_a_key(cast: Cast, key: str | None) -> None:
    clerk = Programme.of("0213", counter="3")
    for path, body in (
        ("/drawer", float_500()),
        ("/customers", customer()),
        ("/baskets/1/payment", {"due_fen": 1, "tendered_fen": 1}),
        ("/payments/1/void", {"reason": "x", "copies_present": 3}),
        ("/drawer/movements", {"direction": "in", "amount_fen": 1, "reason": "x"}),
        ("/customers/1/items", {"home": 1, "business": "new_broadband", "offering": "bb20-year"}),
    ):
        told = a_problem(clerk.post(path, body, key=key), 422, "api.key_needed")
        assert told["rule"] == "ORD-13"


BODIES = (
    b"", b"{", b"[]", b"null", b"1", b'"x"', b"{}" * 2, b"\xff\xfe", b'{"a":NaN}', b'{"a":1e999}', b'{"a":' + b"9" * 6000 + b"}",
    b"[" * 100_000, b'{"a":' * 30_000, b'{"remark":"\\u0000","counted":[]}', b'{"remark":"\\ud800","counted":[]}',
    b'{"counted":[],"counted":[]}', b'{"due_fen":true,"tendered_fen":1}', b'{"due_fen":1.5,"tendered_fen":1}',
    b'{"due_fen":-1,"tendered_fen":1}', b'{"due_fen":99999999999999999,"tendered_fen":99999999999999999}',
    b'{"due_fen":"1","tendered_fen":"1"}', b'{"reason":"\\u202e","copies_present":0}', b'{"note":"' + "长".encode() * 2000 + b'"}',
    b'{"__proto__":{}}', b'{"home":9223372036854775808,"business":"new_broadband","offering":"x"}', b"\xef\xbb\xbf{}",
    b'{"day":"0000-00-00"}', b'{"value":[["x"]],"valid_from":"9999-12-31","source":"x"}', b"%00", b"<?xml version='1.0'?><a/>",
)  # fmt: skip
"""Broken, endless, too deep, the wrong kind, half characters, numbers beyond every column."""

QUERIES = (
    "", "?q=%00", "?q=%ff", "?limit=-1", "?limit=99999999999999999999", "?cursor=%27--", "?home=0&home=1", "?state=x", "?day=x",
    "?q=" + "a" * 3000, "?address=%F0%28%8C%28", "?closed=perhaps", "?after=1", "?%00=1",
)  # fmt: skip


@pytest.mark.rule("API-01", "SEC-10")
def test_a_thousand_malformed_requests_give_no_500_and_leave_nothing_half_done(cast: Cast) -> None:
    """Bounded: 1,000 requests drawn with a fixed seed over every operation, with a token that may do everything there."""
    chance = random.Random(20261125)
    tokens = [
        issued(staff_no, counter=seat).token
        for staff_no, seat in (("0201", "4"), ("0213", "3"), ("0231", None))
    ]
    with transaction():
        seal(limit=MOST_LINES)
    before = written()
    routes = [route for route in ROUTES if route.programme]
    asked = {"GET": QUERIES, "DELETE": QUERIES}
    seen: set[int] = set()
    for turn in range(1000):
        route = routes[turn % len(routes)]
        method = chance.choice([*route.methods, chance.choice(("PUT", "TRACE", "OPTIONS", "HEAD"))])
        path = "/" + route.pattern
        for name in (
            "party_id",
            "basket_id",
            "item_id",
            "payment_id",
            "receipt_id",
            "document_id",
            "job_id",
            "work_order",
            "subscription_id",
            "premises_id",
        ):
            path = path.replace(f"<int:{name}>", chance.choice(("1", "0", "7", "9" * 30)))
        path = path.replace("<str:code>", chance.choice(("x", "%00", "fees.router_visit", "é" * 300)))
        programme = Programme(chance.choice(tokens))
        key = chance.choice((None, uuid4(), "x"))
        if method in asked:
            answer = programme.ask(method, path + chance.choice(asked[method]), key=key)
        else:
            answer = programme.ask(method, path, raw=chance.choice(BODIES), key=key)
        assert answer.status < 500, (method, path, answer.content[:300])
        if answer.status >= 400 and method != "HEAD":
            a_problem(answer, answer.status)
        seen.add(answer.status)
    assert {400, 403, 404, 405, 422} <= seen
    assert written() == before, "something was written"


@pytest.mark.rule("API-01")
def test_bodies_that_fit_but_are_odd_are_answered_in_words(cast: Cast) -> None:
    clerk = Programme.of("0213", counter="3")
    clerk.do("/drawer", float_500())
    odd = customer("王" * 120)
    odd["phones"] = ["‮138"] * 5
    assert clerk.post("/customers", odd, key=uuid4()).status in (400, 409)
    many = {"direction": "in", "amount_fen": 10**15, "reason": "x"}
    assert clerk.post("/drawer/movements", many, key=uuid4()).status < 500
    assert clerk.ask("GET", f"{V1}/../v1/drawer").status in (200, 404)
    assert json.loads(clerk.get("/drawer").content)["opening_float"] == 50000
