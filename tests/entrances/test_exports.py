"""Lists as files: who may take out what, what the file holds, and the line that stays (API-03, SEC-04, SEC-07)."""

import csv
import errno
import io
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import python_calamine
from django.http import FileResponse

from onehall.contexts.customers.api import VipLevel
from onehall.contexts.customers.models import Party
from onehall.contexts.fieldwork.api import CallOutcome
from onehall.contexts.invoicing.contracts import InvoiceKind
from onehall.contexts.ledger.models import Receipt
from onehall.foundation.audit import Line, trail
from onehall.foundation.scopes import Scope
from onehall.foundation.sheetreader import Limits, read_sheet
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import local, midnight
from onehall.journeys.archive_case import archive_case
from onehall.journeys.change_policy import change_policy
from onehall.journeys.keep_customer import keep_customer
from onehall.journeys.rank_customer import rank_customer
from onehall.journeys.record_follow_up import record_follow_up
from onehall.journeys.refuse_note import refuse_note
from onehall.journeys.request_invoice import InvoiceAsked, request_invoice
from onehall.readings.exports import LISTS
from tests import network_life as net
from tests import telephone as tel
from tests.cast import Cast, dwelling, resident_id, wang
from tests.entrances import money_at_work as money
from tests.entrances.worksite import AGENT, CLERK, Worksite
from tests.paper_trail import whole_day

MANAGER, AUDITOR, OTHER = "0201", "0241", "0301"
REGISTER = ["流水号", "用户账号", "用户密码", "所属项目", "真实姓名", "证件号码", "手机号码", "联系地址", "装机人员", "选择产品",
            "预存金额", "开始时间", "到期时间", "备注"]  # fmt: skip


@pytest.fixture
def site(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Worksite:
    monkeypatch.setattr("onehall.foundation.identity.middleware.now", lambda: cast.now)
    return Worksite(cast)


def take(site: Worksite, code: str, staff_no: str = MANAGER, place: str = "xinyuan", **typed: str) -> Any:
    """What the form of this list answers."""
    sent = {"reason": "六月对帐", "format": "csv", **typed}
    return site.browser(staff_no, place).post(f"/board/exports/{code}", sent)


def rows(answer: FileResponse) -> list[list[str]]:
    assert answer.status_code == 200, answer.content.decode()
    data = b"".join(answer.streaming_content)
    *table, (remark, *rest) = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert remark.startswith("# ") and not rest, "the last line says where the file comes from"
    return table


def lines(action: str = "export.run") -> list[Line]:
    return trail(scope=Scope.operator(), limit=20, action=action)


def sold(site: Worksite, room: str = "502", name: str = "王建国", **given: str) -> None:
    clerk = site.cast.clerk() if room == "502" else site.who(CLERK)
    card = site.cast.registered(clerk, wang(name, **given))
    basket = site.cast.basket(clerk, card.id, dwelling("dw", "1", "2", room), ("new_broadband", "bb20-year"))
    site.cast.pay(clerk, basket.id)


@pytest.mark.rule("API-03", "SEC-04", "ORD-06")
def test_the_register_has_the_columns_of_the_sheet_and_its_log_line(site: Worksite) -> None:
    sold(site)
    answer = take(site, "broadband", format="xlsx")
    data = b"".join(answer.streaming_content)
    sheet = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert sheet[0] == REGISTER
    (row,) = [dict(zip(REGISTER, row, strict=True)) for row in sheet[1:]]
    assert row | {"证件号码": "", "手机号码": "", "流水号": ""} == {
        "流水号": "", "用户账号": "dw0120502", "用户密码": "", "所属项目": "馨苑", "真实姓名": "王建国", "证件号码": "", "手机号码": "",
        "联系地址": "馨苑1#-2-502", "装机人员": "", "选择产品": "宽带20M包年", "预存金额": 880.0, "开始时间": "2026-11-30",
        "到期时间": "2027-11-30", "备注": "",
    }  # fmt: skip
    (line,) = lines()
    assert (line.user_name, line.rule, line.subject_id) == ("周敏", "SEC-04", "EX20261123001")
    assert line.details["list"] == "broadband" and line.details["rows"] == 1
    assert line.details["reason"] == "六月对帐" and "EX20261123001.xlsx" in answer["Content-Disposition"]


@pytest.mark.rule("REC-03", "SEC-04", "API-03")
def test_a_csv_says_in_its_last_line_who_took_it_when_where_and_why_and_the_import_passes_over_it(
    site: Worksite,
) -> None:
    sold(site)
    answer = take(site, "broadband", reason="=六月对帐", hall="here")
    data = b"".join(answer.streaming_content)
    *_, remark = data.decode("utf-8-sig").splitlines()
    for told in (
        "# 编号 EX20261123001",
        "导出人 周敏 0201",
        "营业厅 馨苑",
        "时间 2026-11-23 09:",
        "事由 =六月对帐",
        "行数 1",
    ):
        assert told in remark, remark
    assert "EX20261123001.csv" in answer["Content-Disposition"]
    sheet = read_sheet(data, name="宽带.csv", limits=Limits(2**20, 2**24, 200, 100))
    assert [number for number, _ in sheet.rows()] == [1, 2], "headings and one customer"
    english = site.browser(MANAGER, lang="en").post(
        "/board/exports/orders", {"reason": "audit", "format": "csv"}
    )
    assert "# Export EX20261123002 · List" in b"".join(english.streaming_content).decode("utf-8-sig")


@pytest.mark.rule("SEC-07")
def test_numbers_are_masked_unless_somebody_with_leave_asks_and_that_is_on_record(site: Worksite) -> None:
    number = resident_id()
    sold(site, phone="13912345678", document=number)
    form = site.browser(MANAGER).get("/board/exports/broadband").content.decode()
    assert 'name="personal" value="1">' in form, (
        "nobody asks for numbers in full by leaving the form as it is"
    )
    row = rows(take(site, "broadband"))[1]
    assert row[5:7] == [f"610***********{number[-4:]}", "139****5678"]
    assert rows(take(site, "broadband", personal="1"))[1][5:7] == [number, "13912345678"]
    assert [line.details["personal"] for line in lines()] == [True, None]
    assert "13912345678" not in str(lines())
    refused = take(site, "receipts", AUDITOR, personal="1")
    assert refused.status_code == 200, "a list without numbers has nothing to unmask"
    assert lines()[0].details["personal"] is None


@pytest.mark.rule("SEC-04", "SEC-07", "ORG-06")
def test_without_leave_nothing_leaves_the_house(site: Worksite) -> None:
    sold(site)
    assert take(site, "broadband", CLERK).status_code == 403
    assert site.browser(CLERK).get("/board/exports/").status_code == 403
    assert take(site, "customers", AUDITOR).status_code == 403, "the list has a permission of its own"
    headquarters = take(site, "broadband", "0101", personal="1")
    assert headquarters.status_code == 403 and "export.personal" in headquarters.content.decode()
    assert lines() == []


@pytest.mark.rule("SEC-10", "SEC-04")
def test_another_halls_rows_are_never_in_a_file(site: Worksite) -> None:
    case = site.returned()
    agent = site.who(AGENT)
    called = {"outcome": CallOutcome.PASSED, "satisfaction": 5, "handled": "好", "by": agent}
    record_follow_up(intent=uuid4(), work_order=case.id, at=site.cast.later(days=1), **called)
    archive_case(intent=uuid4(), work_order=case.id, by=agent, at=site.cast.now)
    net.was_on_line(case.account, site.cast.now - timedelta(hours=2), site.cast.now)
    assert case.subscription_id is not None
    keep_customer(
        subscription_id=case.subscription_id, cause="price", reason="贵", offer="半年套餐", intent=uuid4(), by=site.who(CLERK),
        at=site.cast.now,
    )  # fmt: skip
    rank_customer(
        party_id=Party.objects.get(name="王建国").pk, level=VipLevel.GOLD, reason="年消费额高", by=site.who("0201"), at=site.cast.now
    )  # fmt: skip
    money.shortage_at_work(site.cast, site.who("0201"))
    receipt, clerk = Receipt.objects.get(), site.who(CLERK)
    asked = InvoiceAsked(title="王建国", receipt=receipt.number, kind=InvoiceKind.PAPER)
    request_invoice(payment_id=receipt.payment_id, asked=asked, intent=uuid4(), by=clerk, at=site.cast.now)
    money.difference_at_work(site.cast)
    party, home = Party.objects.get(name="王建国").pk, dwelling("dw", "1", "2", "502")
    waiting = site.cast.basket(clerk, party, home, ("router_setup", "router-setup"))
    money.charge_at_work(site.cast, clerk, waiting.id)
    refuse_note(
        piece=Money.yuan("100.00"),
        pieces=1,
        mark="HD90260017",
        intent=uuid4(),
        by=site.who(CLERK),
        at=site.cast.now,
    )
    whole_day(site.cast, clerk, f"{int(receipt.number) + 1:07d}")
    money.goods_at_work(site.cast, site.cast.clerk("0211", "4"), party, site.who("0201"))
    tel.months_at_work(site.cast, clerk, site.who(MANAGER))
    told = (
        "王建国",
        tel.LI_MIN,
        case.serial,
        case.account,
        case.address,
        "李敏",
        "0213",
        "周敏",
        receipt.number,
        "stranger",
        "馨苑厅",
        "郑洁",
    )
    for code in LISTS:
        mine = str(rows(take(site, code)))
        for halls in ("here", "all"):
            theirs = rows(take(site, code, OTHER, "guandi", hall=halls))
            assert theirs[0], "the headings stand also over nothing"
            assert not any(word in str(theirs[1:]) for word in told), (
                f"{code} of {halls} tells another hall's"
            )
        assert code == "policies" or any(word in mine for word in told), (
            f"{code}: the own rows were not there"
        )
    assert len({line.hall_id for line in lines()}) == 2


@pytest.mark.rule("SEC-04")
@pytest.mark.parametrize(("typed", "status", "said"), [
    ({"reason": "  "}, 400, "事由"), ({"reason": "查 13800000001 的欠费"}, 400, "不要写电话"), ({"format": "exe"}, 400, "文件格式"),
    ({"start": "2026-06-31"}, 400, "日期"), ({"start": "2026-06-30", "end": "2026-06-01"}, 400, "起止"),
])  # fmt: skip
def test_a_form_that_does_not_say_why_or_what_brings_no_file(
    site: Worksite, typed: dict[str, str], status: int, said: str
) -> None:
    answer = take(site, "orders", **typed)
    assert answer.status_code == status and said in answer.content.decode()
    assert lines() == []


@pytest.mark.rule("SEC-04")
def test_more_than_one_person_may_take_alone_is_refused_and_stays_in_the_trail(site: Worksite) -> None:
    manager = site.who(MANAGER)
    change_policy(
        key="exports.rows_alone", value=1, valid_from=midnight(local(site.cast.now).date()), source="试", hall_id=manager.hall_id,
        by=manager, at=site.cast.now,
    )  # fmt: skip
    sold(site)
    assert len(rows(take(site, "orders"))) == 2
    sold(site, "501", "刘芳")
    answer = take(site, "orders")
    assert answer.status_code == 409
    assert all(word in answer.content.decode() for word in ("SEC-04", "超过 1 行", "缩短起止日期"))
    assert [line.details["rows"] for line in lines("export.refused")] == [2] and len(lines()) == 1
    day = f"{local(site.cast.now):%Y-%m-%d}"
    assert take(site, "orders", start=day, end=day).status_code == 409
    assert len(rows(take(site, "orders", end="2026-01-01"))) == 1, "headings only"


@pytest.mark.rule("API-03")
def test_a_name_that_is_a_formula_leaves_as_text(site: Worksite) -> None:
    sold(site)
    manager = site.who(MANAGER)
    change_policy(
        key="fees.router_visit", value=3100, valid_from=midnight(local(site.cast.now).date()), source='=HYPERLINK("http://x")',
        hall_id=manager.hall_id, by=manager, at=site.cast.now,
    )  # fmt: skip
    found = [row for row in rows(take(site, "policies")) if "HYPERLINK" in row[-1]]
    assert [row[-1] for row in found] == ['\'=HYPERLINK("http://x")'] and found[0][2] == "31.00"


@pytest.mark.rule("API-03")
def test_a_full_disk_brings_no_file_but_its_line_stays(
    site: Worksite, monkeypatch: pytest.MonkeyPatch
) -> None:
    sold(site)

    def full(*given: object, **more: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("onehall.foundation.documents.tables._Xlsx.finish", full)
    answer = take(site, "orders", format="xlsx")
    assert answer.status_code == 507 and "磁盘已满" in answer.content.decode()
    assert len(lines()) == 1


@pytest.mark.rule("SEC-04")
def test_managers_see_who_took_what_and_why(site: Worksite) -> None:
    sold(site)
    rows(take(site, "orders", start="2026-11-01", end="2026-11-30"))
    page = site.browser(MANAGER).get("/board/exports/").content.decode()
    for said in ("周敏", "业务受理", "六月对帐", "2026-11-01 – 2026-11-30", "EX20261123001"):
        assert said in page
    assert "EX20261123001" not in site.browser(OTHER, "guandi").get("/board/exports/").content.decode()
    english = site.browser(MANAGER, lang="en").get("/board/exports/orders").content.decode()
    assert "Orders" in english and "day of acceptance" in english
    assert site.browser(MANAGER).get("/board/exports/nothing").status_code == 404


@pytest.mark.rule("BIL-04", "VOI-02", "API-03")
def test_telephone_months_and_what_waits_leave_with_exact_sums(site: Worksite) -> None:
    sold(site)
    run = tel.months_at_work(site.cast, site.who(CLERK), site.who(MANAGER))
    first, trial = rows(take(site, "telephone-runs"))[1:]
    assert (first[0], first[8], first[14]) == ("2026-09", "1", "20.15") and "马骏" in first
    assert (trial[0], trial[13], trial[14], trial[15]) == ("2026-10", f"{run.due / 10_000:.4f}", "", "1")
    (far,) = rows(take(site, "telephone-outliers"))[1:]
    assert far[:2] == ["2026-10", tel.LI_MIN] and far[5] == trial[13] and far[6] == "20.1500"
    waits = [(row[5], row[7]) for row in rows(take(site, "telephone-suspense"))[1:]]
    assert waits == [("68009999", "没有这个号码"), (tel.LI_MIN, "读不懂")]
    rated = [(row[1], row[2], row[4]) for row in rows(take(site, "telephone-rating"))[1:]]
    assert rated == [("2026-09", "1", "0.1500"), ("2026-10", "1", "216.0000")]
