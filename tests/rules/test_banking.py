"""What bags and bank say to each other, whatever the bank's file holds; and by when takings are bagged (CSH-02, CSH-04)."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onehall.contexts.banking.contracts import Bag, BagRefused, BankFileRefused, BankLine, Verdict
from onehall.contexts.banking.rules import booking_moment, check_sealing, deadline, read_rows, reconcile
from onehall.foundation.values.ids import DrawerId, HallId, UserId
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import CHINA

DAY = date(2026, 11, 23)
EVENING = datetime(2026, 11, 23, 20, tzinfo=CHINA)
COLUMNS = {"date": "交易日期", "amount": "贷方金额", "label": "摘要", "reference": "流水号"}
HEAD = ("交易日期", "流水号", "摘要", "贷方金额")
_V = Verdict


def bag(number: int, fen: int = 88_000, *, left: datetime | None = EVENING) -> Bag:
    return Bag(
        number, HallId(1), f"FB1-{number}", {}, Money(fen), UserId(1), EVENING, UserId(2), EVENING, left, UserId(1), "银行",
        (DrawerId(number),),
    )  # fmt: skip


def line(number: int, label: str, fen: int = 88_000, day: date = DAY) -> BankLine:
    return BankLine(number, f"R{number}", day, label, Money(fen))


def verdicts(bags: Sequence[Bag], lines: Sequence[BankLine], today: date = DAY) -> list[Verdict]:
    return [one.verdict for one in reconcile(bags=bags, lines=lines, notes={}, bank_days=1, today=today)]


@pytest.mark.rule("CSH-04")
@pytest.mark.parametrize(
    ("bags", "lines", "today", "said"),
    [
        ([bag(1)], [line(1, "FB1-1")], DAY, [_V.MATCHED]),
        ([bag(1)], [line(1, "FB1-1", 88_001)], DAY, [_V.DIFFERS]),
        ([bag(1)], [line(1, "FB1-1", day=DAY + timedelta(days=1))], DAY, [_V.MATCHED]),
        ([bag(1)], [line(1, "FB1-1", day=DAY + timedelta(days=2))], DAY, [_V.LATE]),
        ([bag(1)], [line(1, "FB1-1"), line(2, "FB1-1")], DAY, [_V.MATCHED, _V.TWICE]),
        ([bag(1)], [line(1, "FB1-7")], DAY, [_V.UNKNOWN_BAG, _V.AWAITED]),
        ([bag(1, left=None)], [line(1, "FB1-1")], DAY, [_V.NOT_HANDED_OVER]),
        ([bag(1, left=None)], [], DAY, []),
        ([bag(1)], [], DAY + timedelta(days=1), [_V.AWAITED]),
        ([bag(1)], [], DAY + timedelta(days=2), [_V.MISSING]),
    ],
)
def test_each_misbehaviour_of_the_bank_has_its_name(
    bags: list[Bag], lines: list[BankLine], today: date, said: list[Verdict]
) -> None:
    assert verdicts(bags, lines, today) == said


amounts = st.integers(1, 10**7)


@pytest.mark.rule("CSH-04")
@given(st.lists(amounts, max_size=8), st.lists(st.tuples(st.integers(0, 9), amounts), max_size=12))
def test_the_differences_add_up_to_what_the_bank_has_beyond_what_left(
    sums: list[int], booked: list[tuple[int, int]]
) -> None:
    bags = [bag(number, fen) for number, fen in enumerate(sums)]
    lines = [line(number, f"FB1-{which}", fen) for number, (which, fen) in enumerate(booked)]
    found = reconcile(bags=bags, lines=lines, notes={}, bank_days=1, today=DAY)
    assert Money.total(one.difference for one in found).fen == sum(f for _, f in booked) - sum(sums)
    assert [one.line for one in found if one.line] == lines
    assert sorted(one.bag.id for one in found if one.bag and one.verdict is not Verdict.TWICE) == [
        one.id for one in bags
    ]


@pytest.mark.rule("CSH-04")
def test_a_bag_holds_what_its_drawers_left_to_the_fen() -> None:
    check_sealing(counted=Money(88_000), due=Money(88_000), drawers=1)
    for counted, due, drawers, words in (
        (88_001, 88_000, 1, "多 0.01"), (87_999, 88_000, 1, "少 0.01"), (0, 0, 1, "没有要缴"), (88_000, 88_000, 0, "没有选钱箱"),
    ):  # fmt: skip
        with pytest.raises(BagRefused) as refused:
            check_sealing(counted=Money(counted), due=Money(due), drawers=drawers)
        assert words in refused.value.sentence("zh") and refused.value.alternative("en")


@pytest.mark.rule("CSH-02")
@given(st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)), st.integers(0, 23))  # noqa: DTZ001
def test_takings_are_bagged_by_the_first_such_hour_after_the_close(naive: datetime, hour: int) -> None:
    closed = naive.replace(tzinfo=UTC)
    by = deadline(closed, hour=hour).astimezone(CHINA)
    assert (by.hour, by.minute) == (hour, 0)
    assert timedelta(0) <= by - closed < timedelta(days=1)


@pytest.mark.rule("CSH-04")
def test_a_file_is_read_by_the_columns_that_the_profile_declares() -> None:
    rows = [
        (1, ("某某银行对账单", None)), (3, HEAD), (4, ("2026-11-23", "A1", "FB1-1", "1,288.50")),
        (5, ("20261124", "A2", "", "9.00")), (6, (DAY, 77.0, "FB1-2", 12.3)), (7, ("2026/11/24", "A4", "FB1-3", 88.0)),
    ]  # fmt: skip
    found, unlabelled = read_rows(rows, columns=COLUMNS)
    assert unlabelled == 1
    assert [(one.row, one.reference, one.amount.text) for one in found] == [
        (4, "A1", "1,288.50"), (6, "77", "12.30"), (7, "A4", "88.00"),
    ]  # fmt: skip
    assert found[1].booked_on == DAY


@pytest.mark.rule("CSH-04")
@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([(1, ("日期", "金额"))], "没有找到表头"),
        ([], "没有找到表头"),
        ([(1, HEAD), (2, ("2026-11-23", "", "FB1-1", "1"))], "第 2 行：没有银行流水号"),
        ([(1, HEAD), (2, ("23.11.2026", "A1", "FB1-1", "1"))], "第 2 行：“23.11.2026”不是日期"),
        ([(1, HEAD), (2, ("2026-11-23", "A1", "FB1-1", "一百"))], "第 2 行：“一百”不是金额"),
        ([(1, HEAD), (2, ("2026-11-23", "A1", "FB1-1", 0.005))], "不是金额"),
        ([(1, HEAD), (2, ("2026-11-23", "A1", "FB1-1", "-5"))], "不是存入"),
        ([(1, HEAD), (2, ("2026-11-23", "A1", "FB1-1"))], "“”不是金额"),
    ],
)
def test_a_row_that_cannot_be_read_is_named(rows: list[tuple[int, tuple[object, ...]]], said: str) -> None:
    with pytest.raises(BankFileRefused) as refused:
        read_rows(rows, columns=COLUMNS)
    assert said in refused.value.sentence("zh") and "没有导入" in refused.value.sentence("zh")


@pytest.mark.rule("CSH-05", "LED-02")
@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(0, 90 * 365 * 86_400))
def test_what_the_bank_booked_is_dated_on_its_day_never_later_than_now(day: date, seconds: int) -> None:
    at = datetime(2000, 1, 2, tzinfo=CHINA) + timedelta(seconds=seconds)
    moment = booking_moment(day, at=at, closed=False)
    assert moment <= at and (moment == at or moment.astimezone(CHINA).date() == day)
    assert moment == at or at.date() > day
    assert booking_moment(day, at=at, closed=True) == at
