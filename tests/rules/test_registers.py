"""Reading cells and judging rows, without a database: what holds for every sheet."""

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onehall.contexts.registers.contracts import Fault
from onehall.contexts.registers.rules import broadband, cells
from onehall.contexts.registers.rules.books import FORMATS
from onehall.contexts.registers.rules.formats import Earlier, Known, Product, World, often
from onehall.contexts.registers.rules.heading import below_heading, find_heading
from onehall.contexts.registers.rules.judging import judge, pack, read_row, unpack
from onehall.contexts.registers.rules.refusals import ColumnTwice, MissingColumns, NoHeading
from onehall.contexts.registers.rules.verdicts import Judged, Place
from onehall.foundation.values.period import add_months
from onehall.foundation.values.text import Text

ORDER = [
    "所属项目",
    "真实姓名",
    "证件号码",
    "手机号码",
    "选择产品",
    "预存金额",
    "到期时间",
    "用户账号",
    "流水号",
]
WORLD = World(
    compounds={"馨苑": "dw"},
    products={"宽带20M包年": Product("bb20-year", 12, lambda day: 88000)},
    points=2,
    identity=lambda number: None if number.endswith("1") else Text("不对", "wrong"),
    phone=lambda typed: typed.startswith("138") and len(typed) == 11,
    address=lambda words, project: Place("dw", "1", "2", words[-3:], words) if words else None,
    account=lambda place: f"dw0120{place.room}",
    line=lambda number: len(number) == 8,
    term_end=add_months,
)
CLEAN: dict[str, Any] = {
    "流水号": "DW20260602001", "用户账号": "dw0120502", "用户密码": "a123456", "所属项目": "馨苑", "真实姓名": "王建国",
    "证件号码": "610113196803020011", "手机号码": "13812345678", "联系地址": "馨苑1#-2-502", "装机人员": "赵刚",
    "选择产品": "宽带20M包年", "预存金额": 880.0, "开始时间": "2026-06-09", "到期时间": "2027-06-09", "备注": "",
}  # fmt: skip
WRONG: dict[str, Any] = {
    "所属项目": "紫薇", "真实姓名": " ", "证件号码": "1", "手机号码": "1", "选择产品": "无", "预存金额": -1.0, "到期时间": "2026-06-09",
    "用户账号": "DW", "流水号": "1",
}  # fmt: skip


def verdict(
    earlier: Earlier | None = None, known: Known | None = None, row: int = 2, **changed: Any
) -> Judged:
    form = broadband.BROADBAND
    readings = read_row(form, CLEAN | changed, WORLD)
    return judge(form, row, readings, world=WORLD, known=known or Known(), earlier=earlier or Earlier())


@pytest.mark.rule("API-03")
@given(st.sets(st.sampled_from(ORDER)))
def test_whatever_is_wrong_the_first_in_the_order_is_the_one_fault(wrong: set[str]) -> None:
    found = verdict(**{column: WRONG[column] for column in wrong}).fault
    first = next((column for column in ORDER if column in wrong), None)
    assert (found.column if isinstance(found, Fault) else None) == first


@pytest.mark.rule("API-03", "ADR-07")
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["501", "502", "503"]), st.sampled_from(["001", "002", "003"]), st.booleans()
        )
    )
)
def test_accepted_rows_never_share_an_account_or_a_serial_and_refused_ones_claim_nothing(
    rows: list[tuple[str, str, bool]],
) -> None:
    earlier, accounts, serials = Earlier(), set(), set()
    for number, (room, sequence, well) in enumerate(rows, start=2):
        account, serial = f"dw0120{room}", f"DW20260602{sequence}"
        cells_ = {
            "用户账号": account,
            "流水号": serial,
            "联系地址": f"馨苑1#-2-{room}",
            "手机号码": "13812345678" if well else "1",
        }
        accepted = verdict(earlier, row=number, **cells_).fault is None
        assert accepted == (well and account not in accounts and serial not in serials)
        if accepted:
            accounts.add(account)
            serials.add(serial)


@pytest.mark.rule("API-03", "ADR-07")
def test_what_the_database_holds_is_claimed_already() -> None:
    known = Known(taken={"account": frozenset({"dw0120502"})})
    assert verdict(known=known).fault.code == "import.account_taken"  # type: ignore[union-attr]
    known = Known(taken={"serial": frozenset({"DW20260602001"})})
    assert verdict(known=known).fault.code == "import.serial_taken"  # type: ignore[union-attr]


@pytest.mark.rule("API-03", "ADR-06")
def test_lines_beyond_the_points_and_other_spellings_are_warned() -> None:
    known = Known(lines={"馨苑1#-2-502": 2}, names={"610113196803020011": "王建囯"})
    assert [(c.column) for c in verdict(known=known).cautions] == ["真实姓名", "联系地址"]
    roomy = Known(lines={"馨苑1#-2-502": 2}, points={"馨苑1#-2-502": 1})
    assert verdict(known=roomy).cautions == ()


@pytest.mark.rule("API-03")
@given(st.text(alphabet="0123456789０１２３４５６７８９ \u3000abＡ王", max_size=12))
def test_reading_twice_repairs_nothing_more(typed: str) -> None:
    once = cells.text(typed)
    again = cells.text(once.text)
    assert again.text == once.text and again.repairs == ()
    assert (once.before != once.text) == bool(once.repairs) or not once.text


@pytest.mark.rule("API-03")
@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_a_day_is_the_same_however_it_is_written(day: date) -> None:
    ways = (day, datetime(day.year, day.month, day.day), day.isoformat(), f"{day.year}/{day.month}/{day.day}",  # noqa: DTZ001
            f"{day.year}-{day.month}-{day.day}", f" {day.year}年{day.month}月{day.day}日\u3000")  # fmt: skip
    assert {cells.day(way).value for way in ways} == {day}
    assert {cells.day(way).text for way in ways} == {day.isoformat()}


@pytest.mark.rule("API-03")
@given(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=30), st.dates(), st.times()
    )
)
def test_no_cell_of_any_kind_breaks_a_reader(cell: Any) -> None:
    for form in FORMATS.values():
        for column in form.columns:
            column.read(cell)
    assert verdict(**dict.fromkeys(ORDER, cell)).fault is not None


@pytest.mark.rule("API-03")
def test_the_heading_may_stand_below_titles_and_hold_further_columns() -> None:
    names = [c.heading for c in broadband.BROADBAND.columns]
    found = find_heading(broadband.BROADBAND, [(1, ["登记表", ""]), (3, ["序号", *names])])
    assert (found.row, found.places["流水号"]) == (3, 1)


@pytest.mark.rule("API-03")
def test_a_heading_that_does_not_fit_says_what_is_missing() -> None:
    names = [c.heading for c in broadband.BROADBAND.columns]
    with pytest.raises(MissingColumns, match="手机号码"):
        find_heading(broadband.BROADBAND, [(1, [n for n in names if n != "手机号码"])])
    with pytest.raises(NoHeading):
        find_heading(broadband.BROADBAND, [(1, ["日期", "业务"])])
    with pytest.raises(ColumnTwice, match="流水号"):
        find_heading(broadband.BROADBAND, [(1, [*names, "流水号"])])


@pytest.mark.rule("API-03")
@pytest.mark.parametrize("above", [0, 1, 9])
def test_a_sheet_gone_through_once_tells_every_row_below_its_heading(above: int) -> None:
    names = [c.heading for c in broadband.BROADBAND.columns]
    titles = [(number, ["登记表"]) for number in range(1, above + 1)]
    data = [(number, [f"DW{number}"]) for number in range(above + 2, above + 30)]
    told = list(below_heading(broadband.BROADBAND, iter([*titles, (above + 1, names), *data])))
    assert [(number, cells["流水号"]) for number, cells in told] == [(n, cells[0]) for n, cells in data]
    with pytest.raises(NoHeading):
        list(below_heading(broadband.BROADBAND, iter([(11, names), *data])))


@pytest.mark.rule("API-03")
@pytest.mark.parametrize("changed", [{}, WRONG, {"联系地址": "", "备注": " 老客户 ", "预存金额": "1e3"}])
def test_a_row_that_waits_for_the_rest_of_the_sheet_says_what_it_said(changed: dict[str, Any]) -> None:
    for form in FORMATS.values():
        before = read_row(form, CLEAN | changed, WORLD)
        number, after = unpack(form, pack(7, before))
        assert number == 7 and list(after) == list(before)
        assert [(r.value, r.text) for r in after.values()] == [(r.value, r.text) for r in before.values()]


@pytest.mark.rule("API-03")
def test_a_remembered_cell_is_read_by_its_kind() -> None:
    read = often(cells.amount)
    for cell in (1, True, 1.0, "1", True, 1):
        assert read(cell) == cells.amount(cell)
    assert cells.amount(True).value is None and cells.amount(1).value == 100
