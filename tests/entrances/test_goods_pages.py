"""Goods and bills of others on the pages: the desk, the board's statements, and programmes (CAT-11)."""

import json
from uuid import uuid4

import pytest
from django.test import Client
from django.utils.timezone import now

from onehall.contexts.goods import api as goods
from onehall.contexts.orders import api as orders
from onehall.contexts.subscriptions import api as subscriptions
from onehall.foundation.values.period import add_months, local
from tests.cast import Cast
from tests.entrances.board_room import BoardRoom, post, room, words
from tests.entrances.programme import Programme
from tests.entrances.test_known_customers import desk
from tests.goods import ALL, IMEI, OTHER_IMEI, chosen, handset, line_at, video, water

__all__ = ["room"]


@pytest.fixture
def line(room: BoardRoom) -> subscriptions.Subscription:
    room.cast.new_line(room.clerk)
    return line_at()


@pytest.fixture
def browser(room: BoardRoom, line: subscriptions.Subscription) -> Client:
    """The clerk's, with 王建国 in front."""
    found = desk(room)
    assert post(found, f"/desk/customers/{line.party_id}/purpose", purpose="id_document").status_code == 303
    return found


@pytest.mark.rule("CAT-11", "SEC-01")
def test_a_bill_a_handset_and_a_service_go_into_one_basket_from_the_desk(
    room: BoardRoom, browser: Client, line: subscriptions.Subscription
) -> None:
    customer = f"/desk/customers/{line.party_id}"
    assert f'href="{customer}/goods"' in words(browser.get(customer))
    for months in ("两个月", "-1", "0"):
        wrong = post(
            browser,
            f"{customer}/goods/items",
            offering="video-member",
            line=line.id,
            months=months,
            intent=uuid4(),
        )
        assert wrong.status_code == 409 and "1 到 12 个月" in words(wrong)
    page = words(browser.get(f"{customer}/goods"))
    assert all(
        told in page
        for told in ("自来水费", "长者手机 E1 299.00 元", "蓝鲸视频会员 15.00 元", line.account_name)
    )
    for typed in (
        {"offering": "water-bill", "reference": "0301-2287", "amount": "86.40"}, {"offering": "handset-elder", "serial": IMEI},
        {"offering": "video-member", "line": line.id, "months": "2"},
    ):  # fmt: skip
        intent = uuid4()
        for _ in range(2):
            assert post(browser, f"{customer}/goods/items", **typed, intent=intent).status_code == 303
    assert room.clerk.counter_id is not None
    basket = orders.open_basket_of(counter_id=room.clerk.counter_id, party_id=line.party_id, scope=ALL)
    assert basket is not None and basket.total.text == "415.40" and len(basket.items) == 3
    assert "代收（清河自来水公司） 自来水费 0301-2287" in words(browser.get(customer))
    room.cast.pay(room.clerk, basket.id)
    page = words(browser.get(f"{customer}/goods"))
    assert all(told in page for told in (IMEI, "可退到", "退订", "0301-2287"))


@pytest.mark.rule("LAW-30", "CAT-11")
def test_what_he_bought_is_in_the_copy_of_his_data_by_serial_number_and_line(
    room: BoardRoom, browser: Client, line: subscriptions.Subscription
) -> None:
    zheng_jie = room.cast.clerk("0211", "4")
    stranger = room.cast.registered(zheng_jie)
    room.cast.pay(zheng_jie, chosen(room.cast, zheng_jie, stranger.id, handset(OTHER_IMEI)).id)
    mine = chosen(room.cast, room.clerk, line.party_id, handset(), water(), video(line))
    room.cast.pay(room.clerk, mine.id)
    copy = f"/desk/customers/{line.party_id}/privacy/copy"
    held = json.loads(post(browser, copy, kind="json").content)
    told = " / ".join(words for _, words in held["goods"])
    assert len(held["goods"]) == 3 and OTHER_IMEI not in told
    for mark in (
        f"长者手机 E1 · 串号 {IMEI}",
        "自来水费 · 户号 0301-2287",
        f"蓝鲸视频会员 · 线路 {line.account_name}",
    ):
        assert mark in told, mark
    (service,) = goods.add_ons([line.id], scope=ALL)
    cancelled = f"/desk/customers/{line.party_id}/goods/{service.id}/cancellation"
    assert post(browser, cancelled).status_code == 303
    held = json.loads(post(browser, copy, kind="json").content)
    assert sum("已停" in words for _, words in held["goods"]) == 1
    assert post(browser, copy, kind="pdf").content.startswith(b"%PDF")


@pytest.mark.rule("CAT-11")
@pytest.mark.parametrize(
    ("typed", "status", "said"),
    [
        ({"offering": "handset-elder", "serial": "490154203237519"}, 409, "校验"),
        ({"offering": "water-bill", "reference": "户", "amount": "1"}, 409, "3 到 30"),
        ({"offering": "water-bill", "reference": "123", "amount": "abc"}, 400, ""),
        ({"offering": "water-bill", "reference": "123", "amount": "5000.01"}, 409, "5,000.00"),
        ({"offering": "video-member", "line": "999", "months": "1"}, 404, "线路"),
        ({"offering": "video-member", "line": "x", "months": "1"}, 400, ""),
        ({"offering": "nothing", "reference": "123"}, 404, ""),
    ],
)
def test_what_cannot_be_sold_so_is_refused_beside_what_was_typed(
    browser: Client, line: subscriptions.Subscription, typed: dict[str, str], status: int, said: str
) -> None:
    refused = post(browser, f"/desk/customers/{line.party_id}/goods/items", **typed, intent=uuid4())
    assert refused.status_code == status and said in words(refused)
    assert orders.orders_of(party_id=line.party_id, scope=ALL)[0].business == "new_broadband"


@pytest.mark.rule("CAT-11", "SEC-10")
def test_a_service_is_cancelled_on_its_customers_page_alone(
    room: BoardRoom, browser: Client, line: subscriptions.Subscription
) -> None:
    room.cast.pay(room.clerk, chosen(room.cast, room.clerk, line.party_id, video(line)).id)
    (one,) = goods.add_ons([line.id], scope=ALL)
    other = room.cast.registered(room.clerk).id
    away = room.browser("0211")
    assert post(away, f"/desk/customers/{line.party_id}/goods/{one.id}/cancellation").status_code == 403
    assert (
        post(browser, f"/desk/customers/{other}/goods/{one.id}/cancellation", intent=uuid4()).status_code
        == 404
    )
    assert (
        post(
            browser, f"/desk/customers/{line.party_id}/goods/{one.id}/cancellation", intent=uuid4()
        ).status_code
        == 303
    )
    assert "已停" in words(browser.get(f"/desk/customers/{line.party_id}/goods"))
    assert not goods.add_ons([line.id], scope=ALL)[0].runs(room.cast.now)


@pytest.mark.rule("CAT-11", "LED-02")
def test_the_board_shows_a_principals_month_and_pays_it_over_once(
    room: BoardRoom, line: subscriptions.Subscription
) -> None:
    room.cast.pay(room.clerk, chosen(room.cast, room.clerk, line.party_id, water(), water("20", "77-1")).id)
    auditor = room.browser("0241")
    assert "106.40" in words(auditor.get("/board/principals/"))
    this = f"{local(room.cast.now):%Y-%m}"
    page = words(auditor.get(f"/board/principals/water?month={this}"))
    assert all(told in page for told in ("清河自来水公司", "0301-2287", "106.40", "下月结算"))
    asked = {"hall": room.clerk.hall_id, "month": this, "amount": "106.40", "transfer": "转 6601"}
    way = "/board/principals/water/settlements"
    assert post(auditor, way, **asked, intent=uuid4()).status_code == 409, "the month is not over"
    room.cast.now = add_months(room.cast.now, 1)
    auditor = room.browser("0241")
    assert "已付，记帐" in words(auditor.get(f"/board/principals/water?month={this}"))
    for wrong in ({"month": "2026-13"}, {"amount": "x"}, {"hall": "x"}):
        assert post(auditor, way, **{**asked, **wrong}, intent=uuid4()).status_code == 400
    assert post(auditor, way, **{**asked, "transfer": " "}, intent=uuid4()).status_code == 409
    assert post(auditor, way, **{**asked, "amount": "106.41"}, intent=uuid4()).status_code == 409
    assert post(room.browser("0101"), way, **asked, intent=uuid4()).status_code == 403, (
        "who looks does not pay"
    )
    assert post(auditor, way, **asked, intent=uuid4()).status_code == 303
    page = words(auditor.get(f"/board/principals/water?month={this}"))
    assert "转 6601" in page and "已付，记帐" not in page
    assert auditor.get("/board/principals/nobody").status_code == 404


@pytest.mark.rule("CAT-11", "API-01")
def test_programmes_sell_cancel_read_statements_and_settle(cast: Cast) -> None:
    cast.now = now()
    clerk = cast.clerk()
    cast.new_line(clerk)
    line = line_at()
    shop = Programme.of("0213", counter="3")
    told = shop.do(
        f"/customers/{line.party_id}/goods",
        {"offering": "video-member", "months": 2, "subscription": line.id},
    )
    assert told["total"] == 3_000
    shop.do(
        f"/customers/{line.party_id}/goods",
        {"offering": "water-bill", "reference": "0301-2287", "fen": 8_640},
    )
    refused = shop.post(
        f"/customers/{line.party_id}/goods", {"offering": "handset-elder", "serial": "1"}, key=uuid4()
    )
    assert refused.json["code"] == "goods.refused"
    shop.do(f"/baskets/{told['id']}/payment", {"due_fen": 11_640, "tendered_fen": 11_640})
    (one,) = goods.add_ons([line.id], scope=ALL)
    shop.post(
        f"/customers/{line.party_id}/purposes", {"kind": "present_verified", "verification": "id_document"}
    ).good()
    assert shop.do(f"/add-ons/{one.id}/cancellation", {})["ended_at"]
    office = Programme.of("0241")
    assert {row["code"]: row["owed_fen"] for row in office.get("/principals").good()} == {
        "heat": 0,
        "video": 3_000,
        "water": 8_640,
    }
    this = f"{local(cast.now):%Y-%m-%d}"
    (statement,) = office.get(f"/principals/water/statements?month={this}").good()
    assert (statement["collected_fen"], statement["due_fen"]) == (8_640, 8_640)
    early = {"hall": clerk.hall_id, "month": this, "fen": 8_640, "transfer": "转 1"}
    assert (
        office.post("/principals/water/settlements", early, key=uuid4()).json["code"]
        == "goods.settlement_refused"
    )
    assert office.get("/principals/water/statements?month=x").status == 422
