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
    canonical = json.dumps(columns, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(previous + canonical.encode()).digest()


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
    ends: dict[int, tuple[int, bytes]] = {}
    lines = 0
    for line in _sealed_lines():
        hall_id, lines = line["chain"], lines + 1
        if lines % _PAGE == 0:
            progress(lines)
        place, previous = ends.get(hall_id, (0, GENESIS))
        fault = _fault(line, place=place + 1, previous=previous)
        if fault:
            return Verdict(lines, len(ends), _count_unsealed(), line["entry_id"], fault)
        ends[hall_id] = (place + 1, bytes(line["digest"]))
    stray = fetch_one(
        "select e.id from audit_auditentry e left join audit_auditseal s on s.entry_id = e.id"
        " left join audit_unsealed q on q.entry_id = e.id"
        " where s.entry_id is null and q.entry_id is null order by e.id limit 1"
    )
    if stray:
        return Verdict(
            lines, len(ends), _count_unsealed(), stray["id"], "the line is neither sealed nor waiting"
        )
    return Verdict(lines, len(ends), _count_unsealed(), None, "")


def _fault(line: dict[str, Any], *, place: int, previous: bytes) -> str:
    if line["id"] is None:
        return "the line is missing"
    if line["hall_id"] != line["chain"]:
        return "the line was moved to another hall"
    if line["place"] != place:
        return f"place {place} of the chain is missing"
    facts = {name: value for name, value in line.items() if name not in ("chain", "entry_id")}
    if digest(facts, place=place, previous=previous) != bytes(line["digest"]):
        return "the line or one before it was altered"
    return ""


def _sealed_lines() -> Iterator[dict[str, Any]]:
    """Chain by chain in order, in bounded memory."""
    sql = (
        f"select s.hall_id as chain, s.place, s.digest, s.entry_id, {_COLUMNS}"  # noqa: S608
        " from audit_auditseal s left join audit_auditentry e on e.id = s.entry_id"
        f" where (s.hall_id, s.place) > (%(hall)s, %(place)s) order by s.hall_id, s.place limit {_PAGE}"
    )
    hall, place = -1, -1
    while page := fetch_all(sql, {"hall": hall, "place": place}):
        yield from page
        hall, place = page[-1]["chain"], page[-1]["place"]


def _count_unsealed() -> int:
    row = fetch_one("select count(*) as n from audit_unsealed")
    return row["n"] if row else 0
