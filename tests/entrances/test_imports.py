"""Registers on screen: a file is tried, looked at, imported and taken back."""

import re
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from onehall.contexts.registers.models import Upload
from onehall.entrances.board.imports import work
from onehall.journeys.begin_import import begin_import
from tests.cast import Cast, count
from tests.entrances.board_room import MANAGER, BoardRoom, post, room, words  # noqa: F401 - the fixture
from tests.registers import row, xlsx

IMPORTS = "/board/imports/"


def tried(client: Any, content: bytes, form: str = "broadband") -> Any:
    """The file as the form sends it."""
    return client.post(IMPORTS, {"format": form, "file": SimpleUploadedFile("登记.xlsx", content)})


@pytest.fixture
def working(real_cast: Cast, monkeypatch: pytest.MonkeyPatch) -> BoardRoom:
    """A hall whose imports really go on behind the page."""
    monkeypatch.setattr("onehall.foundation.identity.middleware.now", lambda: real_cast.now)
    return BoardRoom(real_cast, real_cast.clerk())


def wait_for(condition: Callable[[], bool]) -> None:
    """Until it is so, ten seconds at most."""
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def finished(browser: Any, address: str) -> str:
    """The page of a kept file once its import has ended."""
    for thread in threading.enumerate():
        if thread.name.startswith("import "):
            thread.join(timeout=30)
    answer = browser.get(address + "/progress")
    assert answer.status_code == 200 and answer["HX-Refresh"] == "true"
    return words(browser.get(address))


@pytest.mark.rule("API-03")
def test_a_manager_tries_a_register_looks_and_imports_it_then_takes_it_back(working: BoardRoom) -> None:
    manager = working.browser()
    answer = tried(manager, xlsx([row("602"), row("603", 预存金额=850.0), row("604", 手机号码="1")]))
    assert answer.status_code == 303 and count("subscriptions_subscription") == 0
    shown = words(manager.get(answer["Location"]))
    assert "登记 850 元，标价 880 元" in shown and "不是手机号码" in shown and 'href="/rules/CUS-02"' in shown
    refused = post(manager, answer["Location"] + "/commit")
    assert refused.status_code == 409 and "1 行不能接受" in words(refused)
    assert count("subscriptions_subscription") == 0
    begun = post(manager, answer["Location"] + "/commit", skip="1")
    assert begun.status_code == 303 and begun["Location"] == answer["Location"]
    assert "已经全部导入" in finished(manager, answer["Location"])
    assert count("subscriptions_subscription") == 2
    again = post(manager, answer["Location"] + "/commit", skip="1")
    assert again.status_code == 409 and "不会导入两次" in words(again)
    assert [one.content for one in Upload.objects.all()] == [""], "the imported file is not kept"
    assert count("subscriptions_subscription") == 2
    history = words(manager.get(IMPORTS))
    (number,) = re.findall(r"/board/imports/(\d+)/undo", history)
    assert post(manager, f"{IMPORTS}{number}/undo").status_code == 303
    assert count("subscriptions_subscription") == 0 and "已撤销" in words(manager.get(IMPORTS))


@pytest.mark.rule("API-03")
def test_while_it_is_imported_everybody_sees_how_far_it_is_and_nobody_imports_it_again(
    working: BoardRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen, go_on = threading.Event(), threading.Event()

    def slowly(*, progress: Any, **_: Any) -> Any:
        progress("write", 2000, 100_000)
        seen.set()
        assert go_on.wait(30)
        raise ZeroDivisionError

    monkeypatch.setattr(work, "import_register", slowly)
    monkeypatch.setattr(work, "_BEAT_SECONDS", 0.01)
    manager = working.browser()
    address = tried(manager, xlsx([row("602")]))["Location"]
    assert post(manager, address + "/commit").status_code == 303
    assert seen.wait(30)
    wait_for(lambda: "2000 行 / 100000" in words(manager.get(address + "/progress")))
    twice = post(manager, address + "/commit")
    assert twice.status_code == 409 and "正在导入" in words(twice)
    other = tried(manager, xlsx([row("605")]))
    assert other.status_code == 409 and "正在导入" in words(other)
    go_on.set()
    assert "程序出错，什么都没有导入" in finished(manager, address)
    monkeypatch.undo()


@pytest.mark.rule("API-03", "LED-03")
def test_an_import_whose_process_is_gone_is_called_interrupted_and_can_be_repeated(room: BoardRoom) -> None:  # noqa: F811
    manager = room.browser()
    address = tried(manager, xlsx([row("602")]))["Location"]
    by = room.cast.sign_in(MANAGER)
    begin_import(upload_id=int(address.rsplit("/", 1)[1]), skip_refused=False, by=by, at=room.cast.now)
    assert 'hx-trigger="load delay:1s"' in words(manager.get(address))
    room.cast.later(minutes=1)
    shown = words(manager.get(address))
    assert "导入中断了，一行也没有导入" in shown and "/commit" in shown


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
