"""A register comes in: verdicts row by row, what becomes of the rows, and taking it all back."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest

from onehall.contexts.numbers import api as numbers
from onehall.contexts.provisioning import api as provisioning
from onehall.contexts.provisioning.models import BroadbandAccess
from onehall.contexts.provisioning.rules import nt_hash
from onehall.contexts.registers import api as registers
from onehall.contexts.registers.models import Row
from onehall.contexts.subscriptions import api as subscriptions
from onehall.foundation.scopes import Actor, NotPermitted, Scope
from onehall.foundation.values.period import CHINA
from onehall.journeys.undo_import import undo_import
from onehall.readings.search import search
from onehall.readings.verification import verify_money
from tests.cast import Cast, count, dwelling, resident_id
from tests.register_oracle import judged
from tests.registers import bring, row, sample, xlsx

EVERYWHERE = Scope.operator()
TABLES = (
    "customers_party", "customers_identitydocument", "customers_contact", "subscriptions_subscription", "subscriptions_term",
    "access.broadband", "numbers_number", "registers_row",
)  # fmt: skip


@pytest.fixture
def manager(cast: Cast) -> Actor:
    """周敏 of 馨苑厅."""
    return cast.sign_in("0201")


def columns(found: list[Any]) -> list[tuple[int, str]]:
    return [(one.row, one.column) for one in found]


def only_fault(cast: Cast, by: Actor, **cells: Any) -> tuple[str, str]:
    """Column and code of the one fault of a row with these cells."""
    (fault,) = bring(cast, by, xlsx([row(**cells)]), dry=True).report.errors
    assert fault.row == 2 and fault.reason.zh and fault.reason.en
    return fault.column, fault.code


BAD = {
    "所属项目": ["紫薇花园", "", "馨苑小区"],
    "真实姓名": ["", "\u3000 "],
    "证件号码": ["610113196803", "61011319680230001X", "610113196803020011", "", 610113196803020000],
    "手机号码": ["186945770", "", "12345678901", "138-1234-5678", "02968690000"],
    "选择产品": ["宽带1000M包世纪", "加信息点", ""],
    "预存金额": [-60.0, "五百", "", True],
    "到期时间": ["2026-06-09", "2025-01-01", "someday", "", "2026-02-30"],
    "用户账号": ["DW0120502", "dw-0120502", "", "dw0120503", "qj0120502", "0290120502"],
    "流水号": ["DW2026060201", "ZZ20260602001", "dw20260602001", "DW20261332001", ""],
}


@pytest.mark.rule("API-03")
@pytest.mark.parametrize(("column", "value"), [(c, v) for c, values in BAD.items() for v in values])
def test_a_bad_cell_refuses_its_row_and_names_its_column(
    cast: Cast, manager: Actor, column: str, value: Any
) -> None:
    if column == "证件号码" and value == "610113196803020011":
        value = "610113196803020011"[:17] + ("0" if resident_id(turn=1)[17] != "0" else "1")
    assert only_fault(cast, manager, **{column: value})[0] == column


@pytest.mark.rule("API-03")
def test_of_several_faults_the_first_in_the_order_is_told(cast: Cast, manager: Actor) -> None:
    left = {column: values[0] for column, values in BAD.items()}
    for column in BAD:
        assert only_fault(cast, manager, **left)[0] == column
        del left[column]


@pytest.mark.rule("API-03")
def test_the_sample_gets_the_verdicts_of_its_description(cast: Cast, manager: Actor) -> None:
    """Compared with a reading of the description that shares no line with the product."""
    found = bring(cast, manager, sample("宽带用户登记.xlsx"), dry=True).report
    accepted, repaired, warned, refused = judged(list(sample("宽带用户登记.xlsx").rows()))
    assert (found.rows, found.accepted) == (2400, accepted) == (2400, 2301)
    assert columns(found.errors) == refused
    assert columns(found.warnings) == warned
    assert [(r.row, r.column, r.before, r.after) for r in found.repaired] == repaired
    assert count("subscriptions_subscription") == count("registers_import") == 0, "a dry run writes nothing"


REPAIRS = [
    ("手机号码", "１３８１２３４５６７８", "13812345678"), ("真实姓名", " 王建国\u3000", "王建国"),
    ("开始时间", "2026/6/9", "2026-06-09"), ("开始时间", "2026-6-9", "2026-06-09"), ("开始时间", "２０２６-06-09 ", "2026-06-09"),
    ("联系地址", "馨苑 1号楼2单元502室", "馨苑1#-2-502"), ("联系地址", "馨苑１#-2-502", "馨苑1#-2-502"), ("预存金额", "８８０", "880"),
    ("流水号", " DW20260602001", "DW20260602001"), ("所属项目", "馨苑 ", "馨苑"), ("选择产品", "宽带２０M包年", "宽带20M包年"),
]  # fmt: skip


@pytest.mark.rule("API-03")
@pytest.mark.parametrize(("column", "before", "after"), REPAIRS)
def test_what_is_put_right_is_accepted_and_told(
    cast: Cast, manager: Actor, column: str, before: str, after: str
) -> None:
    report = bring(cast, manager, xlsx([row(**{column: before})]), dry=True).report
    (told,) = report.repaired
    assert (told.row, told.column, told.before, told.after) == (2, column, before, after)
    assert report.errors == [] and report.warnings == []


@pytest.mark.rule("API-03")
def test_a_small_x_is_put_right_and_a_refused_row_is_not_told_as_repaired(cast: Cast, manager: Actor) -> None:
    with_x = next(one for one in (resident_id(turn=n) for n in range(200)) if one.endswith("X"))
    good = row(证件号码=with_x.lower())
    bad = row("503", 证件号码=with_x.lower(), 手机号码="1")
    report = bring(cast, manager, xlsx([good, bad]), dry=True).report
    assert [(r.row, r.after) for r in report.repaired] == [(2, with_x)]
    assert columns(report.errors) == [(3, "手机号码")]


@pytest.mark.rule("API-03")
def test_date_and_number_cells_of_excel_are_no_repairs(cast: Cast, manager: Actor) -> None:
    cells = {
        "开始时间": date(2026, 6, 9),
        "到期时间": datetime(2027, 6, 9),  # noqa: DTZ001 - Excel knows no zone
        "手机号码": 13892706021.0,
        "预存金额": 880,
    }
    report = bring(cast, manager, xlsx([row(**cells)]), dry=True).report
    assert (report.accepted, report.repaired, report.warnings) == (1, [], [])


@pytest.mark.rule("API-03", "CUS-02")
def test_an_id_that_excel_made_a_number_says_so(cast: Cast, manager: Actor) -> None:
    report = bring(cast, manager, xlsx([row(证件号码=610113196803020012)]), dry=True).report
    assert "15 位" in report.errors[0].reason.zh and "text" in report.errors[0].reason.en


@pytest.mark.rule("API-03")
def test_warnings_name_their_column(cast: Cast, manager: Actor) -> None:
    who = resident_id()
    rows = [
        row("501", 预存金额=850.0), row("502", 到期时间="2027-06-10"), row("503", 证件号码=who), row("504", 证件号码=who, 真实姓名="王建囯"),
        row("601", 选择产品="宽带4M包月", 预存金额=60, 开始时间="2026-01-31", 到期时间="2026-02-28"),
    ]  # fmt: skip
    report = bring(cast, manager, xlsx(rows), dry=True).report
    assert columns(report.warnings) == [(2, "预存金额"), (3, "到期时间"), (5, "真实姓名")]
    assert report.accepted == 5


@pytest.mark.rule("API-03", "ADR-07")
def test_a_refused_row_claims_nothing_and_an_accepted_one_claims_for_good(cast: Cast, manager: Actor) -> None:
    rows = [
        row("502", 手机号码="1"),
        row("502"),
        row("502", 流水号="DW20260602009"),
        row("503", 流水号="DW20260602502"),
    ]
    report = bring(cast, manager, xlsx(rows), skip=True).report
    assert [(e.row, e.column, e.code) for e in report.errors] == [
        (2, "手机号码", "import.bad_phone"), (4, "用户账号", "import.account_taken"), (5, "流水号", "import.serial_taken"),
    ]  # fmt: skip
    again = bring(
        cast,
        manager,
        xlsx([row("502", 流水号="DW20260602009"), row("503", 流水号="DW20260602502")]),
        dry=True,
    )
    assert [e.code for e in again.report.errors] == ["import.account_taken", "import.serial_taken"]


@pytest.mark.rule("API-03")
def test_one_refused_row_keeps_the_whole_sheet_out(cast: Cast, manager: Actor) -> None:
    done = bring(cast, manager, xlsx([row("502"), row("503", 手机号码="1")]))
    assert done.made is None and done.report.accepted == 1
    assert [count(table) for table in TABLES] == [0] * len(TABLES)


@pytest.fixture
def brought(cast: Cast, manager: Actor) -> Iterator[registers.ImportMade]:
    """王建国 of 1#-2-502 and 李秀英 of 1#-2-503 came with a register."""
    made = bring(cast, manager, xlsx([row(), row("503", 真实姓名="李秀英", 用户密码="b7c8d9")])).made
    assert made is not None
    yield made


@pytest.mark.rule("API-03", "ADR-07", "ADR-04", "LAW-03")
def test_an_imported_customer_is_there_with_term_access_and_claimed_numbers(
    cast: Cast, brought: registers.ImportMade
) -> None:
    (line,) = subscriptions.subscriptions_at(dwelling_id=dwelling("dw", "1", "2", "502"), scope=EVERYWHERE)
    assert (line.account_name, line.serial, line.order_id) == ("dw0120502", "DW20260602502", None)
    assert line.terms[0].period.start == datetime(2026, 6, 9, tzinfo=CHINA)
    assert line.expires_at == datetime(2027, 6, 9, tzinfo=CHINA) and line.terms[0].price.fen == 88000
    access = provisioning.access(account="dw0120502", at=cast.now, scope=EVERYWHERE)
    assert access is not None and access.must_change and access.period == line.terms[0].period
    assert bytes(BroadbandAccess.objects.get(account="dw0120503").nt_hash) == nt_hash("b7c8d9")
    held = numbers.number_standing(
        kind=numbers.NumberKind.ACCOUNT, number="dw0120502", at=cast.now, scope=EVERYWHERE
    )
    assert held.state is numbers.NumberState.IN_USE
    assert numbers.next_form_serials(prefixes=["DW"], day=date(2026, 6, 2)) == ("DW20260602504",)
    assert count("ledger_payment") == count("ledger_receipt") == 0 and verify_money(scope=EVERYWHERE).sound


@pytest.mark.rule("API-03", "LAW-03", "SEC-07")
def test_passwords_stand_nowhere_and_rows_are_unreadable_in_a_dump(brought: registers.ImportMade) -> None:
    kept = Row.objects.order_by("row").last()
    assert kept is not None and "用户密码" not in json.loads(kept.content) and "李秀英" in kept.content
    assert (
        count("registers_row", "content::text like '%李秀英%' or encode(content, 'escape') like '%b7c8d9%'")
        == 0
    )
    assert count("audit_auditentry", "details::text like '%王建国%' or details::text like '%b7c8d9%'") == 0


@pytest.mark.rule("API-03", "CUS-04", "CHG-01")
def test_an_imported_customer_is_found_and_renews(cast: Cast, brought: registers.ImportMade) -> None:
    clerk = cast.clerk()
    for typed in ("王建国", "wjg", "dw0120502", "DW20260602502", "馨苑1号楼2单元502室"):
        assert search(typed, scope=clerk.scope), typed
    (line,) = subscriptions.subscriptions_at(dwelling_id=dwelling("dw", "1", "2", "502"), scope=EVERYWHERE)
    basket = cast.basket(clerk, line.party_id, line.dwelling_id, ("renewal", "bb20-year"))
    cast.pay(clerk, basket.id)
    (line,) = subscriptions.subscriptions_at(dwelling_id=dwelling("dw", "1", "2", "502"), scope=EVERYWHERE)
    assert line.expires_at == datetime(2028, 6, 9, tzinfo=CHINA)
    assert verify_money(scope=EVERYWHERE).sound


@pytest.mark.rule("API-03")
def test_undo_takes_everything_back_and_the_file_may_come_again(
    cast: Cast, manager: Actor, brought: registers.ImportMade
) -> None:
    assert undo_import(import_id=brought.id, by=manager, at=cast.later(minutes=1)) == 2
    assert [count(table) for table in TABLES] == [0] * len(TABLES)
    assert registers.import_made(brought.id, scope=EVERYWHERE).undone_by == manager.name
    assert bring(cast, manager, xlsx([row(), row("503")])).made is not None
    with pytest.raises(registers.AlreadyUndone):
        undo_import(import_id=brought.id, by=manager, at=cast.now)


@pytest.mark.rule("API-03")
def test_undo_is_refused_once_a_renewal_refers_to_it_and_says_so(
    cast: Cast, manager: Actor, brought: registers.ImportMade
) -> None:
    clerk = cast.clerk()
    (line,) = subscriptions.subscriptions_at(dwelling_id=dwelling("dw", "1", "2", "502"), scope=EVERYWHERE)
    cast.pay(clerk, cast.basket(clerk, line.party_id, line.dwelling_id, ("renewal", "bb20-year")).id)
    with pytest.raises(registers.StillReferred, match="续费"):
        undo_import(import_id=brought.id, by=manager, at=cast.now)


@pytest.mark.rule("API-03")
def test_the_same_file_is_not_imported_twice(
    cast: Cast, manager: Actor, brought: registers.ImportMade
) -> None:
    again = xlsx([row("601")])
    assert bring(cast, manager, again).made is not None
    with pytest.raises(registers.AlreadyImported):
        bring(cast, manager, again)


@pytest.mark.rule("API-03", "ORG-06")
def test_who_may_not_import_is_refused(cast: Cast) -> None:
    with pytest.raises(NotPermitted):
        bring(cast, cast.clerk(drawer=False), xlsx([row()]), dry=True)


@pytest.mark.rule("API-03")
def test_a_known_document_keeps_its_customer_and_two_lines_are_one_person(cast: Cast, manager: Actor) -> None:
    who = resident_id()
    bring(cast, manager, xlsx([row("502", 证件号码=who), row("503", 证件号码=who)]))
    assert count("customers_party") == 1 and count("customers_contact") == 2
    report = bring(cast, manager, xlsx([row("504", 证件号码=who, 真实姓名="王建囯")])).report
    assert columns(report.warnings) == [(2, "真实姓名")] and count("customers_party") == 1
