"""Calls that came in are charged once each, and cost what `onehall rate` says they cost (VOI-02)."""

import csv
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from onehall.contexts.rating.api import month
from onehall.contexts.voice import api as voice
from onehall.contexts.voice.models import Charge, Raw
from onehall.foundation.audit.trail import trail
from onehall.foundation.database import fetch_all, transaction
from onehall.foundation.profiles import load_profile
from onehall.runs.forget_old_rows import forget_old_rows
from onehall.runs.rate_calls import rate_calls
from onehall.runs.rate_files.rating import Files, rate
from onehall.steps.itemising import Called, itemised
from tests.cast import Cast
from tests.rating_room import ACCOUNTS, CALLS, write_csv
from tests.telephone import ALL, LI_MIN, OCTOBER, WANG, called, day, deliver, left, opened, otherwise, paid_in

PLANS = """
["system default billingplan"]
local = "0.10"
long_distance = "0.10"
emergency = "0.00"
free = "0.00"
[yuezu]
local = "0.15"
long_distance = "0.30"
emergency = "0.00"
free = "0.00"
"""
PLAN_OF = {LI_MIN: "yuezu", WANG: "system default billingplan", "68000003": "yuezu"}
CREDIT = {LI_MIN: 50_000, WANG: 0, "68000003": 20_000}
AFTER = day("2026-11-23 09:00:00")


@pytest.fixture
def lines(cast: Cast) -> dict[str, voice.Line]:
    """Three lines with 12.34 yuan on each at the start of October."""
    clerk = cast.clerk()
    cast.new_line(clerk)
    found = {
        number: opened(clerk, number, plan=plan, monthly_credit=CREDIT[number])
        for number, plan in PLAN_OF.items()
    }
    for line in found.values():
        paid_in(line, "12.34", "2026-09-30 08:00:00")
    return found


def a_month(seed: int, rows: int = 400) -> list[dict[str, str]]:
    """Calls of October with everything that may be wrong with them."""
    chance = random.Random(seed)
    found = []
    for number in range(rows):
        start = datetime(2026, 10, 1) + timedelta(seconds=chance.randrange(31 * 86_400))  # noqa: DTZ001 - a wall clock
        callee = chance.choice(
            ("62155332", "09108507512", "110", "008112345", "0085212345", "02988888888", "4006")
        )
        seconds = chance.choice((0, 1, 59, 60, 61, chance.randrange(3600)))
        found.append(
            called(chance.choice([*PLAN_OF, "68999999"]), str(start), seconds, callee, f"s{number:05d}")
        )
    found[3]["start"], found[4]["seconds"], found[5]["call_id"] = (
        "2026-02-30 10:00:00",
        "-1",
        found[6]["call_id"],
    )
    return found


def prefixes(folder: Path) -> Path:
    """The dawei profile's dialled numbers, as `onehall rate` reads them."""
    telephone = load_profile("dawei").telephone
    assert telephone is not None
    rows = [(row.prefix, row.kind, row.place) for row in telephone.dialled]
    return write_csv(folder / "prefixes.csv", ("prefix", "class", "place"), rows)


def by_files(records: list[dict[str, str]], folder: Path) -> Path:
    """The results of the file engine."""
    (folder / "plans.toml").write_text(PLANS, encoding="utf-8")
    people = [(number, plan, f"{CREDIT[number] / 10_000:.2f}", "12.34") for number, plan in PLAN_OF.items()]
    files = Files(
        calls=write_csv(folder / "calls.csv", CALLS, [list(record.values()) for record in records]),
        accounts=write_csv(folder / "accounts.csv", ACCOUNTS, people), prefixes=prefixes(folder), plans=folder / "plans.toml",
    )  # fmt: skip
    rate(files, month=month("2026-10"), out=folder / "out", engine="kernel")
    return folder / "out"


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def rated_here(line: voice.Line) -> list[tuple[object, ...]]:
    """What the hall says of each call of a line's October."""
    return [
        (e.call.call_id, line.state.number, e.call.kind, e.charged.minutes, e.charged.charge, e.charged.credit_used, e.charged.paid, e.balance_after)
        for e in itemised(voice.month_of_line(line, OCTOBER, scope=ALL)).entries
        if isinstance(e, Called)
    ]  # fmt: skip


@pytest.mark.rule("VOI-02")
@pytest.mark.rule("CAT-04")
def test_a_month_from_the_intake_costs_what_the_files_say_call_by_call(
    lines: dict[str, voice.Line], tmp_path: Path
) -> None:
    records = a_month(1)
    out = by_files(records, tmp_path)
    deliver(records, at=AFTER)
    rate_calls(at=AFTER)
    said = [
        tuple(row[name] if name in ("call_id", "number", "class") else int(row[name]) for name in row)
        for row in table(out / "rated.csv")
    ]
    assert [row for number in sorted(lines) for row in rated_here(lines[number])] == said
    assert {row["number"]: int(row["balance"]) for row in table(out / "accounts.csv")} == {
        n: left(n) for n in lines
    }
    counts = voice.suspense_counts(scope=ALL)
    reasons = [row["reason"] for row in table(out / "suspense.csv")]
    assert counts == {reason: reasons.count(reason) for reason in set(reasons)}


@pytest.mark.rule("VOI-02")
def test_split_shuffled_delivered_twice_and_rated_in_between_the_balances_are_the_same(
    lines: dict[str, voice.Line],
) -> None:
    records = [row for row in a_month(2) if row["call_id"] != "s00006"]
    with otherwise():
        deliver(records, at=AFTER)
        rate_calls(at=AFTER)
        told = {number: (left(number), rated_here(line)) for number, line in lines.items()}
        charged = Charge.objects.count()
    assert charged > 200
    for seed in range(3):
        chance = random.Random(seed)
        parts = chance.sample(records, len(records)) + chance.sample(records, 100)
        with otherwise():
            for turn, start in enumerate(range(0, len(parts), 120), start=1):
                deliver(parts[start : start + 120], at=AFTER + timedelta(minutes=turn))
                rate_calls(at=AFTER + timedelta(minutes=turn), batch=chance.choice((1000, 17)))
            assert Charge.objects.count() == charged
            assert {number: (left(number), rated_here(line)) for number, line in lines.items()} == told


@pytest.mark.rule("VOI-02")
def test_killed_after_any_batch_the_rest_is_charged_the_next_time(
    lines: dict[str, voice.Line], monkeypatch: pytest.MonkeyPatch
) -> None:
    deliver(a_month(3), at=AFTER)
    with otherwise():
        rate_calls(at=AFTER)
        told = {number: left(number) for number in lines}
    whole = voice.rate_calls
    for batches in (0, 1, 4):
        with otherwise():
            left_to_do = iter(range(batches))

            def killed(left_to_do: Iterator[int] = left_to_do, **how: object) -> tuple[int, int]:
                if next(left_to_do, None) is None:
                    raise KeyboardInterrupt
                return whole(**how)  # type: ignore[arg-type]

            with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
                patch.setattr(voice, "rate_calls", killed)
                rate_calls(at=AFTER, batch=50)
            assert Charge.objects.count() <= batches * 50
            rate_calls(at=AFTER)
            assert {number: left(number) for number in lines} == told


@pytest.mark.rule("VOI-02")
def test_what_was_delivered_is_kept_as_it_came_and_what_waits_is_charged_once_it_can_be(
    lines: dict[str, voice.Line],
) -> None:
    taken = deliver([called("68000777", "2026-10-05 10:00:00", 61), called(LI_MIN, "5.10.2026", 9)], at=AFTER)
    assert (taken.taken, taken.bad) == (1, 1)
    assert set(Raw.objects.values_list("start", "reason")) == {
        ("2026-10-05 10:00:00", ""),
        ("5.10.2026", "bad_row"),
    }
    assert rate_calls(at=AFTER) == 0
    (waiting,) = voice.suspense(limit=9, scope=ALL)
    assert waiting["reason"] == voice.Waits.UNKNOWN_ACCOUNT
    opened(Cast().sign_in("0201"), "68000777")
    assert rate_calls(at=AFTER + timedelta(hours=1)) == 1
    assert left("68000777") == -3_000
    assert voice.suspense(limit=9, scope=ALL) == ()


def rows_of_waiting() -> tuple[int, int]:
    """How many rows of calls that wait this story has read so far, and how many it has written again."""
    (row,) = fetch_all(
        "select seq_tup_read + idx_tup_fetch as read, n_tup_upd as written from pg_stat_xact_user_tables where relname = 'voice_waiting'"
    )
    return int(row["read"]), int(row["written"])


@pytest.mark.rule("VOI-02")
def test_a_batch_goes_on_after_the_one_before_so_that_twice_as_many_that_wait_cost_twice(
    lines: dict[str, voice.Line],
) -> None:
    for way in (
        "seqscan",
        "bitmapscan",
        "sort",
        "hashjoin",
        "mergejoin",
    ):  # the server reads as where millions wait
        fetch_all(f"select set_config('enable_{way}', 'off', true)")
    read = []
    for calls in (200, 400):
        with otherwise():
            deliver([called("68999999", "2026-10-05 10:00:00", 61) for _ in range(calls)], at=AFTER)
            before, _ = rows_of_waiting()
            assert rate_calls(at=AFTER, batch=20) == 0
            read.append(rows_of_waiting()[0] - before)
    assert read[0] >= 200 and read[1] <= 2.2 * read[0], read


@pytest.mark.rule("VOI-02")
def test_what_still_waits_for_the_same_reason_is_not_written_again_until_a_line_or_a_price_explains_it(
    lines: dict[str, voice.Line],
) -> None:
    deliver(
        [
            called("68000777", "2026-10-05 10:00:00", 61),
            called(LI_MIN, "2026-10-05 11:00:00", 61, "0085212345"),
        ],
        at=AFTER,
    )
    deliver([called(WANG, "2026-11-23 09:30:00", 60)], at=AFTER)
    assert rate_calls(at=AFTER, batch=2) == 0
    waits = voice.suspense_counts(scope=ALL)
    assert waits == {"unknown_account": 1, "no_price": 1, "other_month": 1}
    _, written = rows_of_waiting()
    assert rate_calls(at=AFTER + timedelta(minutes=10), batch=2) == 0
    assert (rows_of_waiting()[1], voice.suspense_counts(scope=ALL)) == (written, waits)
    opened(Cast().sign_in("0201"), "68000777")
    assert rate_calls(at=AFTER + timedelta(minutes=20), batch=2) == 1
    priced("yuezu", international=80_000)
    assert rate_calls(at=AFTER + timedelta(minutes=25), batch=2) == 1
    assert rate_calls(at=AFTER + timedelta(minutes=30), batch=2) == 1, (
        "王建国's call of 9:30 has begun by now"
    )
    assert voice.suspense_counts(scope=ALL) == {} and Charge.objects.count() == 3


def priced(code: str, **prices: int) -> None:
    """A manager's correction: classes of a plan cost this, from the year's beginning on."""
    (plan,) = [one for one in voice.plans(at=AFTER, scope=ALL) if one.code == code]
    with transaction():
        voice.establish_plan(
            plan=replace(plan, prices=tuple(prices.items())), valid_from=day("2026-01-01"), source="更正 / correction", by=None, at=AFTER
        )  # fmt: skip


@pytest.mark.rule("LAW-13")
def test_nobody_is_charged_for_a_call_older_than_the_records_that_are_kept(
    lines: dict[str, voice.Line],
) -> None:
    old, new = called(LI_MIN, "2026-06-23 08:59:59", 60), called(LI_MIN, "2026-06-23 09:00:00", 60)
    opened(Cast().sign_in("0201"), LI_MIN, since="2026-01-01", plan="yuezu")
    deliver([old, new], at=AFTER)
    assert rate_calls(at=AFTER) == 1
    assert [row["reason"] for row in voice.suspense(limit=9, scope=ALL)] == ["other_month"]


@pytest.mark.rule("LAW-13", "REC-02")
def test_records_are_kept_as_delivered_for_five_months_and_what_they_cost_for_good(
    lines: dict[str, voice.Line],
) -> None:
    deliver([called(LI_MIN, "2026-11-22 10:00:00", 60)], at=AFTER)
    rate_calls(at=AFTER)
    forget_old_rows(at=day("2027-04-23 09:00:00"))
    assert Raw.objects.count() == 1
    forget_old_rows(at=day("2027-04-23 09:00:01"))
    assert (Raw.objects.count(), Charge.objects.count()) == (0, 1)
    (line,) = [
        one for one in trail(scope=ALL, limit=9, action="rows.deleted") if "call_records" in one.details
    ]
    assert line.details["call_records"]["rows"] == 1
