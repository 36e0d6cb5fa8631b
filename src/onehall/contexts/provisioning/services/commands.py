"""How the network is brought to obey: commands taken, answered, and written anew where observed and desired differ (NET-03)."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from onehall.contexts.provisioning import policies, rules
from onehall.contexts.provisioning.contracts import AccountUnknown, Act, LiveLine, Order, Wish
from onehall.contexts.provisioning.ports import Device, Told, Verdict
from onehall.foundation.database import call, call_all, in_transaction
from onehall.foundation.policy import PolicyBook
from onehall.foundation.vault import VaultError, decrypt

DEVICE_SECRET = "access.nas.secret"  # noqa: S105 - names a column, is no secret


@dataclass(frozen=True, slots=True)
class Errand:
    """What an account's open commands ask for, and every session that has to hear it, each with its device if that is known."""

    account: str
    commands: tuple[int, ...]
    attempts: int
    wish: Wish
    lines: tuple[tuple[LiveLine, Device | None], ...]
    taken_at: datetime


@dataclass(slots=True)
class Outcome:
    """How an errand ended: for each session what was told and what was heard; `heard` is None where nothing was to be told."""

    errand: Errand
    answers: list[tuple[LiveLine, Device | None, Order, Told | None]] = field(default_factory=list)


@in_transaction
def take_commands(*, limit: int, book: PolicyBook, at: datetime) -> tuple[Errand, ...]:
    """What must be told now, leased to the caller. Commands of accounts that nobody uses are done: nothing is to be told."""
    rows = call_all(
        "provisioning_take", p_at=at, p_limit=limit, p_lease=timedelta(seconds=book[policies.COMMAND_LEASE]),
        p_again=timedelta(seconds=book[policies.CUT_AGAIN]),
    )  # fmt: skip
    return tuple(_errand(list(some), at) for _, some in groupby(rows, lambda row: row["account"]))


@in_transaction
def note_outcomes(*, outcomes: Sequence[Outcome], book: PolicyBook, at: datetime) -> int:
    """Writes down what devices said: commands done or due again, what sessions may do now, devices that rest. How many are done."""
    if not outcomes:
        return 0
    noted = call(
        "provisioning_note", p_commands=_json(_command(one, book, at) for one in outcomes),
        p_sessions=_json(said for one in outcomes for said in _sessions(one)), p_devices=_json(_devices(outcomes)),
        p_failures=book[policies.BREAKER_FAILURES], p_rest=timedelta(seconds=book[policies.BREAKER_REST]), p_at=at,
    )  # fmt: skip
    return int(noted["provisioning_note"])


@in_transaction
def reconcile(*, ending_only: bool, book: PolicyBook, at: datetime) -> int:
    """Writes a command for every account whose sessions do not do what it may; how many. Twice in a row changes nothing."""
    written = call(
        "provisioning_reconcile", p_at=at, p_grace=timedelta(seconds=book[policies.SURVIVOR_GRACE]),
        p_again=timedelta(seconds=book[policies.CUT_AGAIN]), p_ending=ending_only,
    )  # fmt: skip
    return int(written["provisioning_reconcile"])


@in_transaction
def cut_sessions(*, account: str, at: datetime) -> int:
    """Ends whatever is on line under this account now; how many sessions that is. Raises AccountUnknown if there is neither."""
    row = call("provisioning_cut", p_account=account, p_at=at)
    if not row["known"] and not row["sessions"]:
        raise AccountUnknown(account=account)
    return int(row["sessions"])


@in_transaction
def open_test(*, account: str, work_order_id: int, until: datetime, by_id: int, at: datetime) -> bool:
    """Lets the account on line until then although its paid term has not begun (ORD-09); False where it has, or is unknown."""
    row = call(
        "provisioning_open_test", p_account=account, p_work_order=work_order_id, p_until=until, p_by=by_id,
        p_at=at,
    )  # fmt: skip
    return bool(row["opened"])


@in_transaction
def close_test(*, work_order_id: int, why: str, at: datetime) -> bool:
    """The installer is done: from now on the paid term alone counts. `why` is finished or abandoned; False if none was open."""
    return bool(call_all("provisioning_close_test", p_work_order=work_order_id, p_why=why, p_at=at))


@in_transaction
def end_tests(*, at: datetime) -> int:
    """Tests whose window has passed are over; the network knew without being told. How many."""
    return len(call_all("provisioning_end_tests", p_at=at))


def _errand(rows: Sequence[dict[str, Any]], at: datetime) -> Errand:
    first = rows[0]
    return Errand(
        account=first["account"], commands=tuple(first["commands"]), attempts=first["attempts"],
        wish=Wish(first["allowed_until"], first["down_kbps"] or 0, first["up_kbps"] or 0, first["cut_before"]),
        lines=tuple((LiveLine(**{name: row[name] for name in LiveLine.__slots__}), _device(row)) for row in rows),
        taken_at=at,
    )  # fmt: skip


def _device(row: dict[str, Any]) -> Device | None:
    if row["device_id"] is None:
        return None
    try:
        secret = decrypt(bytes(row["device_secret"]), context=DEVICE_SECRET)
    except VaultError:
        secret = ""  # said by the run: one device's lost key must not keep commands from the others
    return Device(
        row["device_id"], row["device_kind"], row["nas"], row["device_port"], secret.encode(), row["device_failures"],
        row["resting_until"],
    )  # fmt: skip


_FULFILLED = (Verdict.OBEYED, Verdict.GONE)


def _command(one: Outcome, book: PolicyBook, at: datetime) -> dict[str, Any]:
    open_ones = [
        (told, device) for _, device, _, told in one.answers if told and told.verdict not in _FULFILLED
    ]
    done = {"account": one.errand.account, "taken_at": one.errand.taken_at, "commands": one.errand.commands}
    if not open_ones:
        return {**done, "done": True}
    told, device = open_ones[0]
    following = rules.next_attempt(
        attempts=one.errand.attempts + 1, first_seconds=book[policies.RETRY_FIRST],
        longest_seconds=book[policies.RETRY_LONGEST], at=at,
    )  # fmt: skip
    if told.word == "resting" and device and device.resting_until:
        following = device.resting_until
    elif told.verdict is Verdict.UNABLE:
        following = at
    return {**done, "done": False, "error": told.word, "next": following}


def _sessions(one: Outcome) -> Iterable[dict[str, Any]]:
    for line, _, order, told in one.answers:
        said: dict[str, Any] = {"unique_id": line.unique_id}
        if order.act is Act.WAIT or (told and told.verdict is Verdict.UNABLE):
            yield {**said, "did": "fixed"}
        elif told and told.verdict is Verdict.GONE:
            yield {**said, "did": "gone"}
        elif told and told.verdict is Verdict.OBEYED and order.act is Act.CUT:
            yield {**said, "did": "cut"}
        elif told and told.verdict is Verdict.OBEYED:
            down, up = order.speed or (None, None)
            yield {**said, "did": "changed", "until": order.until, "down": down, "up": up}


def _devices(outcomes: Sequence[Outcome]) -> Iterable[dict[str, Any]]:
    """Each device once: it is silent if it answered nothing at all."""
    heard: dict[int, Told] = {}
    for _, device, _, told in (answer for one in outcomes for answer in one.answers):
        if device and told and told.word != "resting":
            known = heard.get(device.id)
            if known is None or known.verdict is Verdict.SILENT:
                heard[device.id] = told
    for number, told in heard.items():
        yield {"id": number, "silent": told.verdict is Verdict.SILENT, "error": told.word}


def _json(values: Iterable[dict[str, Any]]) -> str:
    return json.dumps(list(values), default=datetime.isoformat)
