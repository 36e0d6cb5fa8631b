"""Reading the book and writing values."""

from datetime import datetime
from types import MappingProxyType
from typing import Any

from onehall.foundation.database import fetch_all, fetch_one, in_transaction
from onehall.foundation.policy.book import Entry, PolicyBook
from onehall.foundation.policy.keys import BadPolicyValue, PolicyKey, declared
from onehall.foundation.policy.models import PolicyPlace, PolicyValue

_ENTRIES = """
    select id, key, region_id, hall_id, value, valid_from,
           case when hall_id is not null then 0 when region_id is not null then 1 else 2 end as breadth
    from policy_policyvalue
    order by key, breadth, valid_from desc, id desc
"""
_cached: tuple[int, MappingProxyType[str, tuple[Entry, ...]], dict[int, int]] | None = None


def policy_book(*, hall_id: int | None, at: datetime, version: int | None = None) -> PolicyBook:
    """The book of this hall at this moment; one small query unless values changed since the last call.

    `version` spares even that where the caller has just read the newest entry's id.
    """
    global _cached
    if version is None:
        newest = fetch_one("select max(id) as id from policy_policyvalue")
        version = (newest and newest["id"]) or 0
    if _cached is None or _cached[0] != version:
        _cached = (version, _load(), dict(PolicyPlace.objects.values_list("hall_id", "region_id")))
    _, entries, places = _cached
    region_id = places.get(hall_id) if hall_id is not None else None
    return PolicyBook(version=version, hall_id=hall_id, region_id=region_id, at=at, entries=entries)


def _load() -> MappingProxyType[str, tuple[Entry, ...]]:
    entries: dict[str, list[Entry]] = {}
    for row in fetch_all(_ENTRIES):
        entries.setdefault(row["key"], []).append(Entry(**row))
    return MappingProxyType({key: tuple(values) for key, values in entries.items()})


def missing_policies(*, at: datetime) -> list[str]:
    """Declared keys without a value in force in some hall: what asks for one there crashes. Nothing before halls are set up."""
    books = [
        policy_book(hall_id=hall, at=at) for hall in PolicyPlace.objects.values_list("hall_id", flat=True)
    ]
    return [code for code in declared() if not all(book.holds(code) for book in books)]


@in_transaction
def establish_place(*, hall_id: int, region_id: int) -> None:
    """Tells the policy catalogue in which region a hall lies."""
    global _cached
    PolicyPlace.objects.update_or_create(hall_id=hall_id, defaults={"region_id": region_id})
    _cached = None


@in_transaction
def establish_value(
    *,
    key: str,
    value: Any,
    valid_from: datetime,
    source: str,
    verified: bool,
    at: datetime,
    region_id: int | None = None,
    hall_id: int | None = None,
    by: int | None = None,
) -> int | None:
    """Adds a value unless exactly it already stands; the id of the new entry, or None. Unknown keys are refused."""
    known = declared().get(key)
    if known is None:
        raise BadPolicyValue(
            field=key, key=key, name=key, value=value, why="没有这一项政策", why_en="no such policy"
        )
    known.check(value)
    same = PolicyValue.objects.filter(
        key=key, region_id=region_id, hall_id=hall_id, valid_from=valid_from
    ).last()
    if same is not None and (same.value, same.source, same.verified) == (value, source, verified):
        return None
    return PolicyValue.objects.create(
        key=key, region_id=region_id, hall_id=hall_id, value=value, valid_from=valid_from,
        source=source, verified=verified, by_id=by, set_at=at,
    ).pk  # fmt: skip


def entries_of(key: PolicyKey[Any]) -> list[dict[str, Any]]:
    """The history of one key, newest first, for the policy pages and `onehall policy`."""
    return fetch_all(
        "select id, region_id, hall_id, value, valid_from, source, verified, by_id, set_at"
        " from policy_policyvalue where key = %(key)s order by id desc",
        {"key": key.code},
    )
