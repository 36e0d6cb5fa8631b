"""Rating from files to files: the order of the questions, exact charges, agreement with a second opinion (VOI-02)."""

import json
import random
import shutil
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onehall.contexts.rating.api import month
from onehall.runs.rate_files import calls as staging
from onehall.runs.rate_files.rating import rate
from tests import rating_room as room
from tests.rating_room import LI_MIN, WANG

OCTOBER = month("2026-10")


def call(
    call_id: str, start: str = "05 10:00:00", caller: str = WANG, callee: str = "8823", seconds: object = 60
):
    return (call_id, start if len(start) > 11 else f"2026-10-{start}", caller, callee, seconds)


@pytest.mark.rule("VOI-02", "CAT-04", "CAT-05")
def test_credit_pays_first_a_call_may_be_split_and_the_rest_lapses(tmp_path: Path) -> None:
    """李敏 (yuezu, 5 yuan of credit): 33 minutes cost 4.95, the next call of two minutes takes 0.05 of credit and 0.25 of balance."""
    calls = [
        call("c2", "05 11:00:00", LI_MIN, seconds=61),
        call("c1", "05 10:00:00", LI_MIN, seconds=33 * 60),
        call("c3", "05 12:00:00", LI_MIN, seconds=0),
    ]
    rated, accounts, suspense = room.rated(room.desk(tmp_path / "in", calls), tmp_path / "out")
    assert [tuple(row.values()) for row in rated] == [
        ("c1", LI_MIN, "local", "33", "49500", "49500", "0", "100000"),
        ("c2", LI_MIN, "local", "2", "3000", "500", "2500", "97500"),
        ("c3", LI_MIN, "local", "0", "0", "0", "0", "97500"),
    ]
    assert [tuple(row.values()) for row in accounts] == [
        (LI_MIN, "3", "35", "52500", "50000", "0", "2500", "97500"),
        (WANG, "0", "0", "0", "0", "0", "0", "200000"),
    ]
    assert suspense == []


@pytest.mark.rule("VOI-02", "CAT-04")
def test_credit_that_is_left_lapses_and_debt_grows(tmp_path: Path) -> None:
    people = [(LI_MIN, "yuezu", "5.00", "0.05"), (WANG, "yuezu", "0", "-0.10")]
    calls = [call("a", caller=LI_MIN, seconds=60), call("b", caller=WANG, callee="010", seconds=1)]
    rated, accounts, _ = room.rated(room.desk(tmp_path / "in", calls, people), tmp_path / "out")
    assert [row["credit_lapsed"] for row in accounts] == ["48500", "0"]
    assert rated[1]["balance_after"] == "-4033"  # -0.1000 - 0.3033


@pytest.mark.rule("VOI-02")
def test_each_row_leaves_at_the_first_question_it_fails(tmp_path: Path) -> None:
    calls = [
        call("same", "2026-10-32 10:00:00"),  # 2: no such day; claims nothing
        call("same", seconds="-5"),  # 3
        call("same", caller="9999999"),  # 4: claims its number before it fails
        call("same"),  # 5
        call("p", caller="68000003", start="2026-09-30 23:59:59"),  # 6: the plan is asked before the month
        call("m", "2026-11-01 00:00:00", callee="0081"),  # 7: the month before the price
        call("n", callee="0081", seconds=1),  # 8
        call("ok", callee="0081", seconds=0),  # 9: not answered, needs no price
    ]
    rated, _, suspense = room.rated(room.desk(tmp_path / "in", calls, room.EVERYBODY), tmp_path / "out")
    assert [(row["line"], row["reason"]) for row in suspense] == [
        ("2", "bad_row"), ("3", "bad_row"), ("4", "unknown_account"), ("5", "repeat"), ("6", "unknown_plan"),
        ("7", "other_month"), ("8", "no_price"),
    ]  # fmt: skip
    assert [(row["call_id"], row["class"], row["charge"]) for row in rated] == [("ok", "international", "0")]
    summary = json.loads((tmp_path / "out" / "summary.json").read_text())
    assert summary["rows"] == 8 and summary["rated"] == 1 and summary["reasons"]["bad_row"] == 2


@pytest.mark.rule("VOI-02")
def test_the_sum_that_is_booked_is_whole_fen_and_the_rest_is_carried(tmp_path: Path) -> None:
    calls = [
        call("a", caller=LI_MIN, callee="010", seconds=20 * 60)
    ]  # 20 × 0.3033 = 6.0660, 5 of it from credit
    room.rated(room.desk(tmp_path / "in", calls), tmp_path / "out")
    summary = json.loads((tmp_path / "out" / "summary.json").read_text())
    assert (summary["paid"], summary["booked_fen"], summary["carried"]) == (10660, 106, 60)


@pytest.mark.rule("VOI-02")
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(calls=room.calls)
def test_the_expression_agrees_with_the_second_opinion(calls: list[tuple[str, ...]]) -> None:
    with TemporaryDirectory() as folder:
        files = room.desk(Path(folder) / "in", calls, room.EVERYBODY)
        assert room.rated(files, Path(folder) / "out") == room.oracle(files)


@pytest.mark.rule("VOI-02")
@settings(max_examples=5, deadline=None)
@given(calls=room.calls, seed=st.integers(0, 99))
def test_shuffled_or_delivered_twice_no_balance_changes(calls: list[tuple[str, ...]], seed: int) -> None:
    calls = list(
        {row[0]: row for row in calls}.values()
    )  # a number stands for one call, however often it comes
    again = [*calls, *random.Random(seed).sample(calls, len(calls) // 2)]
    random.Random(seed).shuffle(again)
    with TemporaryDirectory() as folder:
        first = room.rated(room.desk(Path(folder) / "1", calls, room.EVERYBODY), Path(folder) / "out")
        second = room.rated(room.desk(Path(folder) / "2", again, room.EVERYBODY), Path(folder) / "out")
    assert first[:2] == second[:2]


@pytest.mark.rule("VOI-02")
def test_parquet_in_gives_the_same_and_parquet_out(tmp_path: Path) -> None:
    calls = [call(f"c{n}", f"{n % 28 + 1:02d} 10:00:00", LI_MIN, "010", n * 7) for n in range(60)]
    calls += [call("bad", "2026-13-01 10:00:00"), call("c1")]
    files = room.desk(tmp_path / "in", calls)
    expected = room.rated(files, tmp_path / "csv")
    columns = dict(zip(room.CALLS, zip(*calls, strict=True), strict=True))
    table = pa.table({name: [str(value) for value in values] for name, values in columns.items()})
    pq.write_table(table, tmp_path / "calls.parquet")
    rate(replace(files, calls=tmp_path / "calls.parquet"), month=OCTOBER, out=tmp_path / "out")
    for name, rows in zip(("rated", "accounts", "suspense"), expected, strict=True):
        read = pq.read_table(tmp_path / "out" / f"{name}.parquet")
        assert [{key: str(value) for key, value in row.items()} for row in read.to_pylist()] == rows
        assert all(field.type in (pa.int64(), pa.string()) for field in read.schema), read.schema


@pytest.mark.rule("VOI-02")
def test_times_and_numbers_of_a_parquet_file_are_read_as_such(tmp_path: Path) -> None:
    files = room.desk(tmp_path / "in", [call("a", seconds=61)])
    start = pa.array(["2026-10-05 10:00:00"]).cast(pa.timestamp("us"))
    table = pa.table(
        {"call_id": ["a"], "start": start, "caller": [int(WANG)], "callee": ["8823"], "seconds": [61]}
    )
    pq.write_table(table, tmp_path / "calls.parquet")
    rate(replace(files, calls=tmp_path / "calls.parquet"), month=OCTOBER, out=tmp_path / "out")
    assert pq.read_table(tmp_path / "out" / "rated.parquet").to_pylist()[0]["charge"] == 2000


@pytest.mark.rule("VOI-02")
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_how_a_file_is_written_changes_nothing(tmp_path: Path, encoding: str, newline: str) -> None:
    files = room.desk(
        tmp_path, [call("通话1", seconds=61)], [(WANG, "套餐", "0", "1")], '["套餐"]\nlocal = "0.10"\n'
    )
    lines = [
        "seconds,callee,note,call_id,start,caller",
        f'61,"8823",备注,通话1,2026-10-05 10:00:00,{WANG}',
        "",
    ]
    files.calls.write_bytes(newline.join(lines).encode(encoding))
    files.accounts.write_bytes(files.accounts.read_text().encode(encoding))
    rated, _, _ = room.rated(files, tmp_path / "out")
    assert [(row["call_id"], row["charge"], row["balance_after"]) for row in rated] == [
        ("通话1", "2000", "8000")
    ]


@pytest.mark.rule("VOI-02")
def test_rows_of_another_width_and_blank_lines_are_counted_not_guessed(tmp_path: Path) -> None:
    files = room.desk(tmp_path)
    text = f"""call_id,start,caller,callee,seconds
a,2026-10-05 10:00:00,{WANG},"88
23",60

b,2026-10-05 10:00:00,{WANG}
c,2026-10-05 10:00:00,{WANG},8823,60,x
d,2026-10-05 10:00:00,{WANG},8823,60,
"""
    files.calls.write_text(text)
    rated, _, suspense = room.rated(files, tmp_path / "out")
    assert [row["call_id"] for row in rated] == ["a", "d"]
    assert [(row["line"], row["call_id"], row["reason"]) for row in suspense] == [
        ("5", "b", "bad_row"),
        ("6", "", "bad_row"),
    ]


@pytest.mark.rule("VOI-02")
def test_no_calls_give_every_account_and_texts_with_commas_come_back_whole(tmp_path: Path) -> None:
    people = [('6,8"1', "yuezu", "0", "1"), *room.PEOPLE]
    files = room.desk(tmp_path, [call('x,"y', caller='6,8"1')], people)
    rated, accounts, _ = room.rated(files, tmp_path / "out")
    assert rated[0]["call_id"] == 'x,"y' and [row["number"] for row in accounts] == ['6,8"1', LI_MIN, WANG]
    rated, accounts, suspense = room.rated(room.desk(tmp_path), tmp_path / "out")
    assert not rated and not suspense and len(accounts) == 2
    assert (
        (tmp_path / "out/rated.csv")
        .read_text()
        .startswith("call_id,number,class,minutes,charge,credit_used,paid,")
    )


@pytest.mark.rule("VOI-02")
@given(
    texts=st.lists(
        st.one_of(
            room.starts,
            st.text(max_size=20),
            st.from_regex(r"[0-9]{4}-[01][0-9]-[0-3][0-9] [0-2][0-9]:[0-6][0-9]:[0-6][0-9]", fullmatch=True),
        ),
        max_size=30,
    )
)
def test_many_moments_are_read_as_one_is(texts: list[str]) -> None:
    from onehall.contexts.rating.api import moment

    texts = [text for text in texts if not any("\ud800" <= mark <= "\udfff" for mark in text)]
    assert staging.moments(pa.array(texts, pa.string())).to_pylist() == [moment(text) for text in texts]


@pytest.mark.rule("BIL-04")
def test_a_run_that_is_killed_anywhere_leaves_what_stood_and_can_be_started_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = room.desk(tmp_path / "in", [call("a"), call("b", caller=LI_MIN)])
    expected = room.rated(files, tmp_path / "out")
    steps = ("onehall.runs.rate_files.calls.stage", "onehall.runs.rate_files.expression.rated",
             "onehall.runs.rate_files.expression.suspense", "onehall.runs.rate_files.outputs.write_summary")  # fmt: skip
    for step in steps:
        with monkeypatch.context() as patch:
            patch.setattr(step, lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
            with pytest.raises(KeyboardInterrupt):
                room.rated(files, tmp_path / "out")
            with pytest.raises(KeyboardInterrupt):
                room.rated(files, tmp_path / "fresh")
        assert room.results(tmp_path / "out") == expected
        assert list((tmp_path / "fresh").iterdir()) == []
    assert room.rated(files, tmp_path / "fresh") == expected
    shutil.rmtree(tmp_path / "fresh")
