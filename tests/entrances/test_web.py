"""The guard before a view, the answer to a refusal, the headers of every page, and what the tags write."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.test import RequestFactory

import onehall.foundation.web as web
from onehall.foundation.refusals import NotFound, Refusal
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import HallId, UserId
from onehall.foundation.values.money import Money
from onehall.foundation.values.text import Text
from onehall.foundation.web.middleware import (
    BodyLimitMiddleware,
    RequestIdMiddleware,
    SecurityHeadersMiddleware,
    content_security_policy,
)
from onehall.foundation.web.permit import PUBLIC, permit, public
from onehall.foundation.web.responses import error, go

NOW = datetime(2026, 11, 22, 6, 32, tzinfo=UTC)
HTMX = {"HTTP_HX_REQUEST": "true"}


class Suspended(Refusal):
    code = "test.suspended"
    rule = "CHG-03"
    zh = "{name}不办理暂停。"
    en = "{name} cannot be suspended."
    alternative_zh = "到期后再办。"
    alternative_en = "Come back after the term."


def clerk(*permissions: str, lang: str = "zh") -> Actor:
    return Actor(
        UserId(1),
        "李敏",
        "0213",
        HallId(1),
        permissions=frozenset(permissions),
        halls=frozenset({HallId(1)}),
        lang=lang,
    )


def request(path: str = "/desk/", actor: Actor | None = None, method: str = "GET", **headers: Any) -> Any:
    made: Any = RequestFactory().generic(method, path, **headers)
    made.actor, made.at, made.lang, made.id = actor, NOW, actor.lang if actor else "zh", "r-1"
    return made


@permit("desk.use")
def desk(request: HttpRequest) -> HttpResponse:
    return HttpResponse("desk")


@permit("desk.use", methods=("POST",))
def suspend(request: HttpRequest) -> HttpResponse:
    raise Suspended(field="subscription", name="<b>王建国</b>")


def shown(template: str, lang: str = "zh", **context: Any) -> str:
    return Template("{% load onehall %}" + template).render(Context({"lang": lang, "at": NOW, **context}))


@pytest.mark.rule("ORG-06")
def test_a_stranger_is_sent_to_sign_in_and_comes_back() -> None:
    answer = desk(request("/desk/?q=%E7%8E%8B"))
    assert answer.status_code == 302
    assert answer["Location"] == "/sign-in?next=%2Fdesk%2F%3Fq%3D%25E7%258E%258B"


def test_a_form_of_a_stranger_is_not_repeated_after_sign_in() -> None:
    assert desk(request("/pay", method="POST"))["Location"] == "/sign-in?next=%2F"


def test_a_part_of_a_page_sends_the_whole_browser_to_sign_in() -> None:
    answer = desk(request(actor=None, **HTMX, HTTP_HX_CURRENT_URL="http://testserver/desk/7"))
    assert (answer.status_code, answer["HX-Redirect"]) == (401, "/sign-in?next=%2Fdesk%2F7")
    elsewhere = desk(request(actor=None, **HTMX, HTTP_HX_CURRENT_URL="http://evil.example/desk"))
    assert elsewhere["HX-Redirect"] == "/sign-in?next=%2F"


@pytest.mark.rule("ORG-06", "SEC-10")
def test_who_lacks_the_permission_is_told_so_and_by_whom_it_is_given() -> None:
    answer = desk(request(actor=clerk("board.view")))
    assert answer.status_code == 403
    assert "您的岗位没有这项权限（desk.use）" in answer.content.decode()
    assert desk(request(actor=clerk("desk.use"))).content == b"desk"


def test_views_tell_their_permission_and_methods() -> None:
    assert (desk.permission, desk.methods) == ("desk.use", ("GET", "POST"))
    assert public()(lambda request: HttpResponse()).permission == PUBLIC
    assert desk(request(actor=clerk("desk.use"), method="DELETE")).status_code == 405
    assert desk(request(actor=clerk("desk.use"), method="HEAD")).status_code == 200


@pytest.mark.rule("ORD-05")
def test_a_refusal_in_a_part_of_a_page_goes_to_its_place_with_rule_and_alternative() -> None:
    answer = suspend(request(actor=clerk("desk.use"), method="POST", **HTMX))
    body = answer.content.decode()
    assert answer.status_code == 409
    assert (answer["HX-Retarget"], answer["HX-Reswap"]) == ("#refusal", "innerHTML")
    assert "&lt;b&gt;王建国&lt;/b&gt;不办理暂停。" in body
    assert "CHG-03" in body and "到期后再办。" in body and 'data-field="subscription"' in body


@pytest.mark.rule("ORD-05")
def test_a_refusal_of_a_whole_page_is_a_page_in_the_persons_language() -> None:
    answer = suspend(request(actor=clerk("desk.use", lang="en"), method="POST"))
    assert answer.status_code == 409
    assert "cannot be suspended." in answer.content.decode() and "Come back" in answer.content.decode()


@pytest.mark.rule("SEC-10")
def test_another_halls_record_answers_404() -> None:
    @permit("desk.use")
    def order(request: HttpRequest) -> HttpResponse:
        raise NotFound()

    assert order(request(actor=clerk("desk.use"))).status_code == 404


@pytest.mark.parametrize("status", [400, 403, 404, 413, 500, 503, 507])
def test_error_pages_speak_both_languages_name_the_request_and_nobody(status: int) -> None:
    for headers in ({}, HTMX):
        answer = error(request(actor=clerk("desk.use"), **headers), status)
        body = answer.content.decode()
        assert answer.status_code == status
        assert "r-1" in body and "李敏" not in body
    page = error(request(), status).content.decode()
    assert 'lang="en"' in page and re.search("[a-z] [a-z]", page)


def test_going_elsewhere_works_for_htmx_and_for_browsers() -> None:
    assert go(request(**HTMX), "/desk/")["HX-Redirect"] == "/desk/"
    assert go(request(), "/desk/").status_code == 303


@pytest.mark.parametrize(
    ("given", "kept"), [("abcdef-12345", True), ("x", False), ("a b\r\nc: d", False), ("", False)]
)
def test_a_sane_request_number_is_kept_and_any_other_replaced(given: str, kept: bool) -> None:
    answer = RequestIdMiddleware(lambda request: HttpResponse(request.id))(request(HTTP_X_REQUEST_ID=given))
    assert (answer["X-Request-ID"] == given) is kept
    assert answer.content.decode() == answer["X-Request-ID"]


@pytest.mark.rule("SEC-03")
def test_pages_are_framed_nowhere_stored_nowhere_and_run_no_inline_script() -> None:
    answer = SecurityHeadersMiddleware(lambda request: HttpResponse())(request())
    policy = answer["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in policy and "unsafe" not in policy and "default-src 'none'" in policy
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "connect-src 'self' http://127.0.0.1:8001" in content_security_policy("http://127.0.0.1:8001")


def test_static_files_may_be_kept_by_the_browser() -> None:
    answer = SecurityHeadersMiddleware(lambda request: HttpResponse())(request("/static/onehall/onehall.css"))
    assert "Cache-Control" not in answer


def test_a_body_that_is_too_large_is_refused_before_it_is_read() -> None:
    door = BodyLimitMiddleware(lambda request: HttpResponse("read"))
    assert door(request(method="POST", CONTENT_LENGTH="999999999999")).status_code == 413
    assert door(request(method="POST", CONTENT_LENGTH="10")).content == b"read"


def test_words_in_both_languages_with_facts_escaped() -> None:
    assert shown('{% t "共 {n} 件" "{n} in all" n=n %}', n="<3") == "共 &lt;3 件"
    assert shown('{% t "共 {n} 件" "{n} in all" n=3 %}', "en") == "3 in all"
    assert shown("{% text words %}", "en", words=Text("收据", "Receipt")) == "Receipt"


def test_money_is_signed_with_a_true_minus() -> None:
    assert shown("{% money m %}", m=Money(-3000)) == '<span class="num">−¥30.00</span>'
    assert shown('{% money m sign="none" %}', m=Money(128600)) == '<span class="num">1,286.00</span>'
    assert "壹仟贰佰捌拾陆元整" in shown("{% capitals m %}", m=Money(128600))


@pytest.mark.parametrize(
    ("moment", "show", "zh", "en"),
    [
        (NOW - timedelta(minutes=12), "auto", "14:20", "14:20"),
        (NOW - timedelta(minutes=12), "ago", "12分钟前", "12 min ago"),
        (NOW + timedelta(hours=3), "ago", "3小时后", "in 3 h"),
        (NOW - timedelta(seconds=5), "ago", "刚刚", "just now"),
        (NOW - timedelta(days=20), "auto", "11-02 14:32", "11-02 14:32"),
        (NOW - timedelta(days=400), "auto", "2025-10-18", "2025-10-18"),
        (NOW - timedelta(days=400), "full", "2025-10-18 14:32", "2025-10-18 14:32"),
    ],
)
def test_times_are_local_and_as_short_as_they_can_be(moment: datetime, show: str, zh: str, en: str) -> None:
    template = "{% when moment show=show %}"
    assert f">{zh}</time>" in shown(template, moment=moment, show=show)
    assert f">{en}</time>" in shown(template, "en", moment=moment, show=show)


def test_what_is_not_allowed_is_greyed_and_says_why() -> None:
    line = shown('{% action "停机保号" "Suspend" key="6" href="/x" denied=no %}', no=Suspended(name="包月"))
    assert "aria-disabled" in line and "包月不办理暂停。" in line and "CHG-03" in line
    assert "/x" not in line and "data-key" not in line


def test_a_greyed_button_cannot_be_pressed() -> None:
    assert " disabled" in shown('{% button "作废" "Void" why="已交班" why_en="shift closed" %}')


def test_a_field_connects_its_label_hint_and_error() -> None:
    box = shown(
        '{% field "phone" "电话" "Phone" hint="手机" hint_en="mobile" error="少一位" error_en="one short" required=True %}'
    )
    assert 'for="f-phone"' in box and 'id="f-phone"' in box
    assert 'aria-describedby="f-phone-hint f-phone-error"' in box and 'aria-invalid="true"' in box
    assert "少一位" in box and " required" in box


def test_an_unknown_parameter_of_a_component_is_a_fault_and_not_ignored() -> None:
    with pytest.raises(TypeError):
        shown('{% field "phone" "电话" "Phone" colour="red" %}')


def _tokens() -> dict[str, tuple[str, str]]:
    css = (Path(web.__file__).parent / "static/onehall/onehall.css").read_text(encoding="utf-8")
    return {
        name: (light, dark)
        for name, light, dark in re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", css)
    }


def _contrast(one: str, other: str) -> float:
    """WCAG 2.2: (lighter + 0.05) / (darker + 0.05) of the relative luminances."""

    def luminance(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        red, green, blue = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


PAPERS = ("ground", "sheet", "sunk", "hover")
INKS = {
    **dict.fromkeys(("ink", "ink-2", "ink-3", "accent"), PAPERS),
    **{kind: ("ground", "sheet", f"{kind}-wash") for kind in ("good", "warn", "bad")},
    "accent-ink": ("accent",),
}


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "papers"), INKS.items())
def test_every_ink_can_be_read_on_its_paper(ink: str, papers: tuple[str, ...], theme: int) -> None:
    tokens = _tokens()
    for paper in (*papers, "accent-wash") if ink in ("accent", "ink", "ink-2") else papers:
        assert _contrast(tokens[ink][theme], tokens[paper][theme]) >= 4.5, f"{ink} on {paper}"


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_the_edge_of_a_field_can_be_seen(theme: int) -> None:
    tokens = _tokens()
    assert all(_contrast(tokens["edge"][theme], tokens[paper][theme]) >= 3 for paper in ("ground", "sheet"))
