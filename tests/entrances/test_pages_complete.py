"""Every page speaks English whole to who reads English, and says in a paragraph what it is for (API-06)."""

import re
from collections import Counter
from collections.abc import Iterator
from http.cookies import SimpleCookie

import pytest
from django.test import Client

from onehall.foundation.database import fetch_all
from onehall.foundation.identity.middleware import LANGUAGE_COOKIE, SESSION_COOKIE
from tests.entrances.hall_at_work import HallAtWork, hall_at_work
from tests.entrances.routes import ROUTES, Route
from tests.entrances.untouched import undone

CHINESE = re.compile(r"[\u3400-\u9fff]+")
OWN_NAMES = ("中文", "一厅通")
READERS = ("manager", "clerk", "installer", "headquarters", "agent")
UNGUIDED = ("", "live-ticket", "healthz", "readyz", "metrics", "desk/display", "api/docs")
TYPED = (
    "登记", "试", "仓库", "机房", "缺证件", "客户稍后回来", "休假", "六月对帐", "巡查", "夜里也要吗", "看", "冒烟",
    "周五检查应急灯", "安全科", "想把宽带移到隔壁", "交易日期", "贷方金额", "摘要", "流水号", "对方户名",
)  # fmt: skip
"""What somebody typed in the hall at work, or a file's name."""
IN_CHINESE = re.compile(r"<(\w+)\b[^>]*\blang=\"zh[^>]*>.*?</\1>", re.S)
COVERED = re.compile(
    r"[\u3400-\u9fff]?[*＊●○•]+[\u3400-\u9fff]*|<[^>]*class=\"[^\"]*(face|initial|avatar)[^>]*>[^<]{1,2}<"
)
"""A masked name, and the first character of one in its round."""


@pytest.fixture(scope="module")
def at_work(shared_hall: str, django_db_blocker: object) -> Iterator[HallAtWork]:
    with hall_at_work(shared_hall, django_db_blocker) as work:
        yield work


def pages(at_work: HallAtWork) -> Iterator[tuple[Route, str, str]]:
    """Every whole page that anybody of the hall may open, in English: the first role that may."""
    for route in ROUTES:
        if route.programme or "GET" not in route.methods:
            continue
        for role in READERS:
            session = at_work.here[role]
            if route.permission not in ("public", *session.permissions):
                continue
            client = Client(raise_request_exception=False)
            client.cookies = SimpleCookie({SESSION_COOKIE: session.token, LANGUAGE_COOKIE: "en"})
            with undone():
                answer = client.get(route.address(at_work))
            if answer.status_code == 200 and not answer.streaming and b"<html" in answer.content:
                yield route, role, answer.content.decode()
            break


def known_names() -> set[str]:
    """What is Chinese in any language: names of people and places, and what somebody typed."""
    asked = """select name from identity_user union select name from customers_party
        union select full_label from customers_premises union select name_zh from organisation_department"""
    return {row["name"] for row in fetch_all(asked) if row["name"]}


@pytest.mark.rule("API-06")
def test_no_chinese_is_left_on_a_page_in_english(at_work: HallAtWork) -> None:
    names = sorted(known_names(), key=len, reverse=True)
    left = []
    for route, role, page in pages(at_work):
        if route.pattern.startswith("design/"):
            continue  # its samples are of both languages
        shown = re.sub(r"<(script|style)\b.*?</\1>|<!--.*?-->", "", page, flags=re.S)
        shown = COVERED.sub("", IN_CHINESE.sub("", shown))
        for name in (*OWN_NAMES, *names, *TYPED):
            shown = shown.replace(name, "")
        found = set(CHINESE.findall(shown))
        if found:
            left.append(f"{route.pattern} ({role}): {' '.join(sorted(found))[:200]}")
    assert not left, "\n".join(left)


@pytest.mark.rule("API-06")
def test_every_page_has_its_paragraph_of_help(at_work: HallAtWork) -> None:
    silent = [
        route.pattern for route, _, page in pages(at_work)
        if 'class="menu guide"' not in page and route.pattern not in UNGUIDED and not route.pattern.startswith("design/")
    ]  # fmt: skip
    assert not silent, silent


@pytest.mark.rule("API-06")
def test_what_is_named_on_a_page_is_there_once(at_work: HallAtWork) -> None:
    """A label, a hint and an error lead to one element: two fields of one name need names of their own (WCAG 2.2, 4.1.2)."""
    twice = {}
    for route, _, page in pages(at_work):
        if route.pattern.startswith("design/"):
            continue  # its samples stand there in two themes, one form more than once
        found = Counter(re.findall(r"<[a-z][^>]*? id=\"([^\"]+)\"", page))
        if more := sorted(name for name, times in found.items() if times > 1):
            twice[route.pattern] = more
    assert not twice, "\n".join(f"{one}: {more}" for one, more in twice.items())
