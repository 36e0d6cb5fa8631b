"""Registers on screen: a file is tried, looked at, imported and taken back."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cast import count
from tests.entrances.board_room import BoardRoom, post, room, words  # noqa: F401 - the fixture
from tests.registers import row, xlsx

IMPORTS = "/board/imports/"


def tried(client: Any, content: bytes, form: str = "broadband") -> Any:
    """The file as the form sends it."""
    return client.post(IMPORTS, {"format": form, "file": SimpleUploadedFile("登记.xlsx", content)})


@pytest.mark.rule("API-03")
def test_a_manager_tries_a_register_looks_and_imports_it_then_takes_it_back(room: BoardRoom) -> None:  # noqa: F811
    manager = room.browser()
    answer = tried(manager, xlsx([row("602"), row("603", 预存金额=850.0), row("604", 手机号码="1")]))
    assert answer.status_code == 303 and count("subscriptions_subscription") == 0
    shown = words(manager.get(answer["Location"]))
    assert "登记 850 元，标价 880 元" in shown and "不是手机号码" in shown and 'href="/rules/CUS-02"' in shown
    refused = post(manager, answer["Location"] + "/commit")
    assert refused.status_code == 409 and "1 行不能接受" in words(refused)
    assert count("subscriptions_subscription") == 0
    assert post(manager, answer["Location"] + "/commit", skip="1").status_code == 303
    assert count("subscriptions_subscription") == 2
    history = words(manager.get(IMPORTS))
    (number,) = re.findall(r"/board/imports/(\d+)/undo", history)
    assert post(manager, f"{IMPORTS}{number}/undo").status_code == 303
    assert count("subscriptions_subscription") == 0 and "已撤销" in words(manager.get(IMPORTS))


@pytest.mark.rule("API-03")
def test_ten_thousand_wrong_rows_are_told_a_page_at_a_time(room: BoardRoom) -> None:  # noqa: F811
    manager = room.browser()
    wrong = row("502", 手机号码="1")
    answer = tried(manager, xlsx([wrong] * 10_000))
    shown = manager.get(answer["Location"])
    assert words(shown).count("不是手机号码") == 50 and len(shown.content) < 200_000
    assert "10000" in words(shown) and "没有一行可以导入" in words(shown)
    further = words(manager.get(answer["Location"], {"kind": "errors", "page": "199"}))
    assert "10001" in further and further.count("不是手机号码") == 50


@pytest.mark.rule("API-03")
def test_what_is_no_register_is_refused_in_words_and_kept_nowhere(room: BoardRoom) -> None:  # noqa: F811
    manager = room.browser(lang="en")
    for content in (b"%PDF-1.7", b"", b"PK\x03\x04 cut off", "姓名,电话\n甲,1\n".encode("gb18030")):
        answer = tried(manager, content)
        assert 400 <= answer.status_code < 500, content
    assert count("registers_upload") == 0


@pytest.mark.rule("API-03")
def test_two_hundred_megabytes_are_refused_before_they_are_read(room: BoardRoom) -> None:  # noqa: F811
    answer = room.browser().post(
        IMPORTS, data=b"", content_type="text/plain", CONTENT_LENGTH=str(200 * 2**20)
    )
    assert answer.status_code == 413
