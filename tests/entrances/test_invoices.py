"""Invoices on the screens: asked for at the desk, made, handed out, seen and reversed on the board; and over the API (RCP-04, RCP-05)."""

import re
from uuid import uuid4

import pytest

from onehall.adapters.invoice.plug import HttpTaxSide
from onehall.adapters.invoice.simulator import TaxOffice
from onehall.contexts.numbers import api as numbers
from onehall.foundation.database import fetch_all, transaction
from onehall.foundation.identity.models import User
from onehall.runs.issue_invoices import issue_invoices
from onehall.steps.invoices import INVOICE_BOOK
from tests.cast import count
from tests.entrances.board_room import MANAGER, BoardRoom, post, room, words
from tests.entrances.programme import Programme, float_500
from tests.entrances.test_api_walk import sold
from tests.entrances.test_reversal import desk
from tests.foundation.test_ofd import read_back

__all__ = ["room"]


@pytest.mark.rule("RCP-04", "RCP-05")
def test_from_the_payment_to_the_file_and_the_red_letter(room: BoardRoom) -> None:
    paid = room.cast.new_line(room.clerk)
    browser, board = desk(room), room.browser(MANAGER)
    where = f"/desk/payments/{paid.payment_id}/invoices"
    assert f'href="{where}"' in words(browser.get(f"/desk/baskets/{paid.basket_id}/payment"))
    page = words(browser.get(where))
    order = re.search(r'name="amount_(\d+)" value="880.00"', page)
    assert order is not None and "还没有开过发票" in page
    given = {
        "title": "西安远景贸易有限公司",
        "receipt": paid.receipt_number,
        "kind": "electronic",
        f"amount_{order[1]}": "880",
    }
    wrong = post(browser, where, **{**given, "tax_no": "123"})
    assert wrong.status_code == 400 and "校验位" in words(wrong) and count("invoicing_invoice") == 0
    assert post(browser, where, **{**given, f"amount_{order[1]}": "880.01"}).status_code == 409
    assert post(browser, where, **given).status_code == 303
    waiting = words(browser.get(where))
    slip = re.search(r'href="(/desk/documents/\d+)"', waiting)
    assert "待开" in waiting and "已全部开票" in waiting and slip is not None
    assert "开票申请单" in words(browser.get(slip[1]))
    room.cast.later(hours=2)
    browser, board = desk(room), room.browser(MANAGER)
    number = fetch_all("select id from invoicing_invoice")[0]["id"]
    assert "发票等税务端回复" in words(board.get("/desk/todos/")) and "待开" in words(
        board.get("/board/invoices/")
    )
    with TaxOffice(lambda: room.cast.now) as office:
        issue_invoices(tax_side=HttpTaxSide(office.url, office.key), at=room.cast.now)
        assert "已开" in words(browser.get(where)) and "/void" not in words(browser.get(where))
        refused = post(browser, f"/desk/payments/{paid.payment_id}/void", reason="办错", copies="3")
        assert refused.status_code == 409 and "先在“发票”页红冲" in words(refused)
        file = post(browser, f"/desk/invoices/{number}/file", file="ofd")
        assert file["content-type"] == "application/ofd" and "OFD.xml" in read_back(file.content)
        printed = post(browser, f"/desk/invoices/{number}/file", file="pdf")
        assert printed.status_code == 303 and "西安远景" not in printed["location"]
        assert (
            "发票" in words(browser.get(printed["location"]))
            and count("documents_document", "subject = 'invoice'") == 1
        )
        assert post(browser, f"/desk/invoices/{number}/collection", receipt="x").status_code == 409
        assert (
            post(browser, f"/desk/invoices/{number}/collection", receipt=paid.receipt_number).status_code
            == 303
        )
        one = words(board.get(f"/board/invoices/{number}"))
        assert all(word in one for word in ("西安远景贸易有限公司", "不征税", "2031-12-31", "红冲"))
        half = post(
            board, f"/board/invoices/{number}/reversal", reason="抬头写错", **{f"amount_{order[1]}": "80"}
        )
        assert half.status_code == 303 and half["location"] == f"/board/invoices/{number}"
        issue_invoices(tax_side=HttpTaxSide(office.url, office.key), at=room.cast.now)
    assert "−¥80.00" in words(board.get(f"/board/invoices/{number}"))
    assert browser.get("/board/invoices/").status_code == 403


@pytest.mark.rule("RCP-03", "RCP-04")
def test_on_paper_from_the_counters_book_and_by_hand_after_two_signatures(room: BoardRoom) -> None:
    paid = room.cast.new_line(room.clerk)
    browser, board = desk(room), room.browser(MANAGER)
    where = f"/desk/payments/{paid.payment_id}/invoices"
    order = fetch_all("select id from orders_serviceorder")[0]["id"]

    def ask(kind: str, sum_: str, **more: str) -> object:
        return post(
            browser,
            where,
            title="王建国",
            receipt=paid.receipt_number,
            kind=kind,
            **{f"amount_{order}": sum_},
            **more,
        )

    ask("paper", "80")
    number = fetch_all("select max(id) as id from invoicing_invoice")[0]["id"]
    none = post(browser, f"/desk/invoices/{number}/issue")
    assert none.status_code == 409 and "发票" in words(none), "there is no book"
    assert room.clerk.counter_id is not None
    with transaction():
        numbers.establish_book(
            kind=INVOICE_BOOK, hall_id=room.clerk.hall_id, counter_id=room.clerk.counter_id, prefix="", first=9000001,
            last=9000009, width=7, by=None, at=room.cast.now,
        )  # fmt: skip
    assert post(browser, f"/desk/invoices/{number}/issue").status_code == 303
    assert "9000001" in words(browser.get(where))
    awaited = words(ask("handwritten", "800", reason="停电"))
    found = re.search(r"第 (\d+) 号", awaited)
    assert found is not None and "批准前不要开" in awaited
    assert "¥800.00" in words(board.get(f"/board/approvals/{found[1]}"))
    assert post(board, f"/board/approvals/{found[1]}/decision", answer="approve").status_code == 303
    approved = browser.get(where)
    assert "已批准" in words(approved)
    assert re.search(r'value="handwritten"[^>]*selected', approved.content.decode()), (
        "what was approved is asked for"
    )
    assert ask("handwritten", "800", reason="停电", approval=found[1]).status_code == 303  # type: ignore[attr-defined]
    hand = fetch_all("select max(id) as id from invoicing_invoice")[0]["id"]
    assert "手写发票等签字" in words(board.get("/desk/todos/"))
    assert post(board, f"/board/invoices/{hand}/signature").status_code == 303
    assert post(browser, f"/desk/invoices/{hand}/issue").status_code == 409
    assert post(room.browser("0101"), f"/board/invoices/{hand}/signature").status_code == 303
    assert post(browser, f"/desk/invoices/{hand}/issue").status_code == 303


@pytest.mark.rule("API-01", "RCP-04", "LAW-31")
def test_a_programme_asks_withdraws_and_hears_the_same_sentences(room: BoardRoom) -> None:
    User.objects.filter(staff_no="0211").update(must_change=False)
    clerk = Programme.of("0211", counter="4")
    clerk.do("/drawer", float_500())
    paid = sold(clerk, "dw1-2-301")
    where = f"/payments/{paid['payment_id']}/invoices"
    given = {"title": "王建国", "receipt": paid["receipt_number"]}
    bad = clerk.post(where, {**given, "tax_no": "1"}, uuid4())
    assert bad.json["code"] == "invoicing.bad_buyer" and bad.json["rule"] == "LAW-31"
    key = uuid4()
    made = clerk.post(where, given, key).good()
    assert clerk.post(where, given, key).good()["id"] == made["id"] and made["state"] == "requested"
    assert "title" not in made and made["amount"] == paid["fen"]
    over = clerk.post(where, given, uuid4())
    assert over.json["rule"] == "RCP-03" and over.json["code"] == "invoicing.invoice_irregular"
    gone = clerk.post(f"/invoices/{made['id']}/withdrawal", {"reason": "不要了"}, uuid4()).good()
    assert gone["state"] == "withdrawn"
