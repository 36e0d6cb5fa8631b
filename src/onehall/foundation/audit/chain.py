"""Sealing and verifying the chains (SEC-09)."""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection

from onehall.foundation.database import fetch_all, fetch_one, in_transaction

GENESIS = bytes(32)
_PAGE = 5000
_SEALER_LOCK = 0x4F4E4541  # "ONEA": one sealer at a time, whoever runs it
_COLUMNS = (
    "e.id, e.at, e.hall_id, e.user_id, e.session_id, e.request_id, e.action, e.subject, e.subject_id, e.rule,"
    " e.policy_version, e.details"
)
# A line as `digest` writes it, before and after its details; the microseconds by way of a float, as Python tells them.
_SEALED = """
    select s.hall_id, s.place, encode(s.digest, 'hex'), s.entry_id, e.hall_id,
        '{"action":' || to_json(e.action) || ',"at":' || trunc(date_part('epoch', e.at) * 1000000)::bigint || ',"details":',
        e.details,
        ',"hall_id":' || e.hall_id || ',"id":' || e.id || ',"place":' || s.place
        || ',"policy_version":' || coalesce(e.policy_version::text, 'null')
        || ',"request_id":' || to_json(e.request_id) || ',"rule":' || to_json(e.rule)
        || ',"session_id":' || coalesce(e.session_id::text, 'null')
        || ',"subject":' || to_json(e.subject) || ',"subject_id":' || to_json(e.subject_id)
        || ',"user_id":' || coalesce(e.user_id::text, 'null') || '}'
    from audit_auditseal s left join audit_auditentry e on e.id = s.entry_id order by s.hall_id, s.place
"""
_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Verdict:
    """`broken` is the id of the first line that does not fit its chain; `unsealed` counts the tail not sealed yet."""

    lines: int
    halls: int
    unsealed: int
    broken: int | None
    why: str

    @property
    def sound(self) -> bool:
        """Whether every sealed line fits."""
        return self.broken is None


def digest(line: dict[str, Any], *, place: int, previous: bytes) -> bytes:
    """SHA-256 over the digest before, the place in the chain and every column of the line."""
    columns = {name: line[name] for name in line if name not in ("place", "digest", "at")}
    columns["at"] = int(line["at"].timestamp() * 1_000_000)
    columns["place"] = place
    return hashlib.sha256(previous + _encode(columns).encode()).digest()


@in_transaction
def seal(*, limit: int) -> int:
    """Appends up to `limit` waiting lines to their halls' chains, oldest first; how many were sealed."""
    fetch_all("select pg_advisory_xact_lock(%(lock)s)", {"lock": _SEALER_LOCK})
    lines = fetch_all(
        f"select {_COLUMNS} from audit_unsealed q join audit_auditentry e on e.id = q.entry_id"  # noqa: S608
        " order by q.entry_id limit %(limit)s",
        {"limit": limit},
    )
    ends: dict[int, tuple[int, bytes]] = {}
    seals = []
    for line in lines:
        hall_id = line["hall_id"]
        place, previous = ends.get(hall_id) or _end_of_chain(hall_id)
        sealed = digest(line, place=place + 1, previous=previous)
        ends[hall_id] = (place + 1, sealed)
        seals.append((line["id"], hall_id, place + 1, sealed))
    with connection.cursor() as cursor:
        cursor.executemany(
            "insert into audit_auditseal (entry_id, hall_id, place, digest) values (%s, %s, %s, %s)", seals
        )
        cursor.execute(
            "delete from audit_unsealed where entry_id = any(%s)", [[line["id"] for line in lines]]
        )
    return len(seals)


def _end_of_chain(hall_id: int) -> tuple[int, bytes]:
    last = fetch_one(
        "select place, digest from audit_auditseal where hall_id = %(hall)s order by place desc limit 1",
        {"hall": hall_id},
    )
    return (last["place"], bytes(last["digest"])) if last else (0, GENESIS)


def verify(*, progress: Callable[[int], None] = lambda lines: None) -> Verdict:
    """Recomputes every chain from its beginning and names the first broken link. `progress` hears how many lines are done."""
    lines, halls, broken, why = _first_break(progress)
    if broken is None:
        stray = fetch_one(
            "select e.id from audit_auditentry e left join audit_auditseal s on s.entry_id = e.id"
            " left join audit_unsealed q on q.entry_id = e.id"
            " where s.entry_id is null and q.entry_id is null order by e.id limit 1"
        )
        if stray:
            broken, why = stray["id"], "the line is neither sealed nor waiting"
    return Verdict(lines, halls, _count_unsealed(), broken, why)


def _first_break(progress: Callable[[int], None]) -> tuple[int, int, int | None, str]:
    """Lines and chains looked at, the first line that does not fit and why."""
    lines, halls, broken, why = 0, 0, None, ""
    hall, place, previous = None, 0, GENESIS
    for chain, at, sealed, entry, owner, *written in _sealed_lines():
        if broken is not None:
            continue  # the stream is read to its end: what is cut off in the middle ends the transaction around us
        lines += 1
        if lines % _PAGE == 0:
            progress(lines)
        if chain != hall:
            hall, halls, place, previous = chain, halls + 1, 0, GENESIS
        place += 1
        why = _misplaced(owner, chain, at, place) or _altered(written, previous, sealed)
        broken = int(entry) if why else None
        previous = bytes.fromhex(sealed)
    return lines, halls, broken, why


def _altered(written: list[str], previous: bytes, sealed: str) -> str:
    head, details, tail = written
    due = hashlib.sha256(previous + f"{head}{_canonical(details)}{tail}".encode()).hexdigest()
    return "" if due == sealed else "the line or one before it was altered"


def _misplaced(owner: str | None, chain: str, at: str, place: int) -> str:
    if owner is None:
        return "the line is missing"
    if owner != chain:
        return "the line was moved to another hall"
    return "" if int(at) == place else f"place {place} of the chain is missing"


def _canonical(details: str) -> str:
    return details if details == "{}" else _encode(json.loads(details))


def _sealed_lines() -> Iterator[tuple[str, ...]]:
    """Chain by chain in order: chain, place, digest, id, the line's own hall (None where the line is gone), and what `digest`
    hashes of it, written by the database but for the details. Streamed, so that it writes while we hash, in bounded memory."""
    with connection.cursor() as cursor, cursor.copy(f"copy ({_SEALED}) to stdout") as copy:
        yield from copy.rows()


def _count_unsealed() -> int:
    row = fetch_one("select count(*) as n from audit_unsealed")
    return row["n"] if row else 0
