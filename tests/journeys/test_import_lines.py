"""固话用户登记 A register of telephone lines becomes customers, lines, numbers and balances, and can be taken back (API-03, LED-02)."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onehall.contexts.ledger.models import Posting
from onehall.contexts.numbers import api as numbers
from onehall.contexts.provisioning import api as provisioning
from onehall.contexts.registers import api as registers
from onehall.contexts.subscriptions import api as subscriptions
from onehall.contexts.voice import api as voice
from onehall.journeys.undo_import import undo_import
from onehall.readings.verification import verify_money
from onehall.runs.rate_calls import rate_calls
from tests.cast import Cast, count, mobile, resident_id
from tests.journeys.test_fixed_lines import EVERYWHERE, home, standing, state
from tests.journeys.test_line_changes import wants
from tests.registers import bring, row, sample, xlsx
from tests.telephone import called, deliver, otherwise

HEADING = (
    "流水号", "用户号码", "用户名称", "身份证号码", "联系人", "联系电话", "地址", "邮编", "呼叫转移", "来电显示", "预付金额", "告警阀值",
    "停机时长", "资费计划",
)  # fmt: skip
NUMBER = "68699101"
BUNDLED = "system default billingplan"


@pytest.fixture(autouse=True)
def books_agree(cast: Cast) -> Iterator[None]:
    yield
    assert verify_money(scope=EVERYWHERE, row_by_row=True).findings == ()


def phone(**cells: Any) -> list[Any]:
    """王建国's line in 馨苑 1#-2-502, 100 yuan paid in; `cells` replace by heading."""
    clean = {
        "流水号": "dw20260602001", "用户号码": NUMBER, "用户名称": "王建国", "身份证号码": resident_id(), "联系人": "王建国",
        "联系电话": mobile(), "地址": "馨苑1#-2-502", "邮编": "710061", "呼叫转移": "", "来电显示": "√", "预付金额": 100.0,
        "告警阀值": 1.0, "停机时长": 7.0, "资费计划": "yuezu",
    }  # fmt: skip
    return [{**clean, **cells}[name] for name in HEADING]


def sheet_of(*rows: list[Any]) -> bytes:
    return xlsx(rows, heading=HEADING)


def line_of(number: str, cast: Cast) -> voice.Line:
    return voice.line(number, at=cast.now, scope=EVERYWHERE)


@pytest.mark.rule("API-03", "LED-02", "ORD-08", "ADR-05", "CAT-03")
def test_rows_become_lines_with_number_plan_features_and_balance(cast: Cast) -> None:
    by = cast.sign_in("0201", counter="4")
    document = resident_id()
    bring(cast, by, xlsx([row("502", 证件号码=document)]))
    made = bring(
        cast, by,
        sheet_of(
            phone(身份证号码=document, 资费计划="system default billingplan", 呼叫转移="√"),
            phone(流水号="dw20260602002", 用户号码="68690007", 地址="馨苑1#-2-601", 预付金额=0, 告警阀值=""),
        ),
        "fixed-line",
    ).made  # fmt: skip
    assert made is not None and made.accepted == 2
    first, second = line_of(NUMBER, cast), line_of("68690007", cast)
    assert (first.state.plan, first.state.rent_free) == ("system default billingplan", True)
    assert (first.state.features, first.state.alarm_threshold) == (("call_forward", "caller_id"), 10_000)
    assert (second.state.partner, second.state.rent_free, second.state.alarm_threshold) == (
        "unicom",
        False,
        10_000,
    )
    assert voice.balances([first.id, second.id], scope=EVERYWHERE) == {first.id: 1_000_000, second.id: 0}
    held = subscriptions.subscription(subscription_id=first.subscription, scope=EVERYWHERE)
    assert (held.kind, held.serial, held.terms, held.dwelling_id) == (
        "fixed_line",
        "dw20260602001",
        (),
        home(),
    )
    assert count("customers_party") == 2, "who has the broadband is the same customer"
    assert standing(cast, NUMBER) is numbers.NumberState.IN_USE
    wish = provisioning.telephone(number="68690007", scope=EVERYWHERE)
    assert wish is not None and not wish.international_out
    assert provisioning.service_password_fits(number=NUMBER, secret="888888", rounds=1000, scope=EVERYWHERE)
    legs = Posting.objects.filter(batch__kind="opening").order_by("amount")
    assert [(one.account.code, one.amount) for one in legs] == [("220303", -10_000), ("190111", 10_000)]
    deliver([called(NUMBER, f"{cast.now:%Y-%m-%d} 09:30:00", 60)], at=cast.later(hours=1))
    assert rate_calls(at=cast.now) == 1


@pytest.mark.rule("CAT-03", "API-03")
def test_many_rows_ask_once_what_is_paid_for_broadband_in_their_dwellings(cast: Cast) -> None:
    by = cast.sign_in("0201", counter="4")
    rooms = ("501", "502", "601", "602", "701", "702")
    package = {"选择产品": "宽带10M+固话包年", "预存金额": 780.0}
    bring(cast, by, xlsx([row("502", **package), row("601"), row("602", **package), row("701")]))
    asked = []
    for some in (rooms[:2], rooms):
        with otherwise():
            sheet = sheet_of(*(with_broadband(room) for room in some))
            with CaptureQueriesContext(connection) as queries:
                assert bring(cast, by, sheet, "fixed-line").made is not None
            asked.append(len(queries))
            credits = [line_of(f"68699{room}", cast).state.monthly_credit for room in some]
            assert credits == [0, 50_000, 0, 50_000, 0, 0][: len(some)]
    assert asked[0] == asked[1], f"2 rows asked {asked[0]} times, 6 rows {asked[1]}"


def with_broadband(room: str) -> list[Any]:
    """A line on the plan that goes with broadband."""
    return phone(
        流水号=f"dw20260603{room}", 用户号码=f"68699{room}", 地址=f"馨苑1#-2-{room}", 资费计划=BUNDLED
    )


@pytest.mark.rule("API-03", "CAT-05")
def test_a_plan_that_nobody_charges_by_and_a_number_in_use_are_refused_whole(cast: Cast) -> None:
    by = cast.sign_in("0201", counter="4")
    bring(cast, by, sheet_of(phone()), "fixed-line")
    report = bring(
        cast, by,
        sheet_of(
            phone(流水号="dw20260602009"), phone(流水号="dw20260602010", 用户号码="68699102", 资费计划="全国套餐"),
            phone(流水号="dw20260602011", 用户号码="68699103", 告警阀值=-1),
        ), "fixed-line",
    )  # fmt: skip
    found = {one.column: one.reason.zh for one in report.report.errors}
    assert report.made is None and list(found) == ["用户号码", "资费计划", "告警阀值"]
    assert "0.00 到 200.00" in found["告警阀值"] and "-1.00" in found["告警阀值"]
    assert "全国套餐" in found["资费计划"] and count("voice_line") == 1


@pytest.mark.rule("API-03", "LED-02", "LED-01")
def test_an_import_goes_back_whole_until_something_happens_to_a_line(cast: Cast) -> None:
    by = cast.sign_in("0201", counter="4")
    made = bring(
        cast,
        by,
        sheet_of(phone(), phone(流水号="dw20260602002", 用户号码="68699102", 地址="馨苑1#-2-601")),
        "fixed-line",
    ).made
    assert made is not None
    undo_import(import_id=made.id, by=by, at=cast.later(minutes=1))
    assert (
        count("voice_line"),
        count("voice_topup"),
        count("access.telephone"),
        count("customers_party"),
    ) == (0, 0, 0, 0)
    assert (
        sum(one.amount for one in Posting.objects.filter(batch__kind="opening", account__code="220303")) == 0
    )
    assert standing(cast, NUMBER) is numbers.NumberState.FREE
    made = bring(cast, by, sheet_of(phone()), "fixed-line").made
    assert made is not None
    deliver([called(NUMBER, f"{cast.now:%Y-%m-%d} 09:30:00", 60)], at=cast.later(hours=1))
    rate_calls(at=cast.now)
    with pytest.raises(registers.StillReferred, match="话单"):
        undo_import(import_id=made.id, by=by, at=cast.later(minutes=1))
    assert count("voice_line") == 1 and state(cast.now, NUMBER).plan == "yuezu", "nothing half done"


@pytest.mark.rule("CHG-06", "API-03")
def test_a_line_that_came_along_lives_on_like_any_other(cast: Cast) -> None:
    bring(cast, cast.sign_in("0201", counter="4"), sheet_of(phone()), "fixed-line")
    clerk = cast.clerk()
    party = subscriptions.subscription(
        subscription_id=line_of(NUMBER, cast).subscription, scope=EVERYWHERE
    ).party_id
    cast.later(minutes=1)
    basket = wants(cast, clerk, party, "line_features", number=NUMBER, features=())
    cast.finish(clerk, basket.id)
    assert state(cast.now, NUMBER).features == ()


@pytest.mark.rule("API-03", "LED-02")
def test_the_sample_register_comes_in_behind_the_broadband_register(cast: Cast) -> None:
    by = cast.sign_in("0201", counter="4")
    bring(cast, by, sample("宽带用户登记.xlsx"), skip=True)
    made = bring(cast, by, sample("固话用户登记.xlsx"), "fixed-line", skip=True).made
    assert made is not None and made.accepted > 500
    assert count("voice_line") == made.accepted == count("access.telephone")
