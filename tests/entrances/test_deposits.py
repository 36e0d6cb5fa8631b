"""Deposits on the board: sealed, signed by somebody else, handed over, and compared with the bank's file (CSH-02, CSH-04)."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import Cast
from tests.entrances.board_room import AUDITOR, MANAGER, BoardRoom, post, words
from tests.journeys.test_deposits import HEAD, closed, left


@pytest.fixture
def hall(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> BoardRoom:
    """Browsers at the cast's time; nobody sits at a counter yet."""
    monkeypatch.setattr("onehall.foundation.identity.middleware.now", lambda: cast.now)
    return BoardRoom(cast, cast.sign_in("0213", counter="3"))


def file(text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("bank.csv", text.encode("gb18030"), "text/csv")


def brought(browser: Client, text: str) -> object:
    return browser.post("/board/deposits/bank", {"file": file(text)})


@pytest.mark.rule("CSH-04", "CSH-02")
def test_from_the_closed_drawer_to_the_bank(hall: BoardRoom) -> None:
    _, shift = closed(hall.cast)
    board = hall.browser(MANAGER)
    page = words(board.get("/board/deposits/"))
    assert "880.00" in page and f'name="drawer" value="{shift}"' in page
    hall.cast.later(hours=10)
    board, second = hall.browser(MANAGER), hall.browser("0215")
    assert "过时" in words(board.get("/board/deposits/")) and "过时 1 个钱箱" in words(board.get("/board/"))
    short = post(board, "/board/deposits/bags", drawer=shift, pieces_10000="8")
    assert short.status_code == 409 and "少 80.00 元" in words(short)
    assert post(board, "/board/deposits/bags", drawer="x").status_code == 400
    bag = post(board, "/board/deposits/bags", drawer=shift, pieces_10000="8", pieces_1000="8")["Location"]
    assert "封包的人不能自己复核" in words(board.get(bag))
    assert post(board, f"{bag}/signature").status_code == 403
    assert post(board, f"{bag}/handover", carrier="建行").status_code == 409
    assert bag in words(second.get("/desk/todos/"))
    assert post(second, f"{bag}/signature").status_code == 303
    assert post(board, f"{bag}/handover", carrier="建行").status_code == 303
    assert "建行" in words(board.get(bag)) and "营业款都已封包" in words(board.get("/board/deposits/"))


@pytest.mark.rule("CSH-04")
def test_the_banks_file_names_what_differs_and_what_to_do(hall: BoardRoom) -> None:
    _, bag = left(hall.cast)
    auditor = hall.browser(AUDITOR)
    assert "等银行入账" in words(auditor.get("/board/deposits/bank"))
    day = f"{hall.cast.now:%Y-%m-%d}"
    bad = brought(auditor, HEAD + f"{day},A1,{bag.serial},八百\n")
    assert getattr(bad, "status_code", 0) == 400 and "第 2 行" in words(bad)
    assert auditor.post("/board/deposits/bank").status_code == 400
    brought(auditor, HEAD + f"{day},A1,{bag.serial},879.99\n")
    page = words(auditor.get("/board/deposits/bank"))
    assert "金额不符" in page and "−¥0.01" in page and "核对封包单" in page
    line = page.split('name="id" value="')[1].split('"')[0]
    assert post(auditor, "/board/deposits/bank/notes", about="line", id=line, words=" ").status_code == 409
    assert post(auditor, "/board/deposits/bank/notes", about="x", id=line, words="有").status_code == 400
    assert (
        post(auditor, "/board/deposits/bank/notes", about="line", id=line, words="银行少点一分").status_code
        == 303
    )
    assert "银行少点一分" in words(auditor.get("/board/deposits/bank"))
