"""Set-up of the organisation. Each verb may be repeated: the same data changes nothing, different data updates the row."""

from collections.abc import Sequence
from datetime import datetime

from onehall.contexts.organisation import contracts
from onehall.contexts.organisation.models import (
    CalendarDay,
    Counter,
    Department,
    DirectoryEntry,
    Hall,
    OnlineCounter,
    OpeningHours,
    Operator,
    Person,
    Post,
    Region,
)
from onehall.foundation.database import in_transaction
from onehall.foundation.profiles import establish
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import CounterId, HallId, PersonId, RegionId
from onehall.foundation.values.text import Text


def _names(name: Text, prefix: str = "name") -> dict[str, str]:
    return {f"{prefix}_zh": name.zh, f"{prefix}_en": name.en}


def _stamp(by: Actor | None) -> dict[str, int | None]:
    return {"changed_by_id": by.user_id if by else None}


@in_transaction
def establish_operator(*, operator: contracts.Operator, by: Actor | None, at: datetime) -> contracts.Operator:
    """The one operator of this database."""
    values = {
        "code": operator.code, **_names(operator.name), "country_code": operator.country_code,
        "area_code": operator.area_code, "postcode": operator.postcode, "time_zone": operator.time_zone,
        "building_digits": operator.building_digits, "unit_digits": operator.unit_digits,
        "room_digits": operator.room_digits,
    }  # fmt: skip
    establish(Operator, key={"only": True}, values=values, stamp=_stamp(by), at=at)
    return operator


@in_transaction
def establish_region(*, code: str, name: Text, by: Actor | None, at: datetime) -> RegionId:
    """A region by its code."""
    row, _ = establish(Region, key={"code": code}, values=_names(name), stamp=_stamp(by), at=at)
    return RegionId(row.pk)


@in_transaction
def establish_hall(
    *,
    code: str,
    region_id: RegionId,
    name: Text,
    formal_name: Text,
    phone: str,
    address: Text,
    hours: str,
    compounds: Sequence[str],
    by: Actor | None,
    at: datetime,
) -> HallId:
    """A hall by its code."""
    values = {
        "region_id": region_id, **_names(name), **_names(formal_name, "formal_name"), "phone": phone,
        **_names(address, "address"), "hours": hours, "compounds": list(compounds),
    }  # fmt: skip
    row, _ = establish(Hall, key={"code": code}, values=values, stamp=_stamp(by), at=at)
    return HallId(row.pk)


@in_transaction
def establish_counter(
    *, hall_id: HallId, no: str, name: Text, capabilities: Sequence[str], by: Actor | None, at: datetime
) -> CounterId:
    """A counter by its hall and number."""
    values = {**_names(name), "capabilities": list(capabilities)}
    row, _ = establish(Counter, key={"hall_id": hall_id, "no": no}, values=values, stamp=_stamp(by), at=at)
    return CounterId(row.pk)


@in_transaction
def establish_online_counter(*, hall_id: int, counter_id: int, clerk: int) -> None:
    """Where a hall serves customers without anybody, and the service account that is the clerk there."""
    OnlineCounter.objects.update_or_create(
        hall_id=hall_id, defaults={"counter_id": counter_id, "clerk_id": clerk}
    )


@in_transaction
def establish_person(
    *,
    staff_no: str,
    name: str,
    user_id: int | None,
    posts: Sequence[contracts.Post],
    by: Actor | None,
    at: datetime,
) -> PersonId:
    """A person by staff number, holding exactly these posts from now on."""
    row, _ = establish(
        Person, key={"staff_no": staff_no}, values={"name": name, "user_id": user_id}, stamp=_stamp(by), at=at
    )
    wanted = {(post.role, post.hall_id) for post in posts}
    held = {(post.role, post.hall_id): post for post in Post.objects.filter(person=row)}
    for key in held.keys() - wanted:
        held[key].delete()
    Post.objects.bulk_create(
        Post(person=row, role=post.role, hall_id=post.hall_id)
        for post in posts
        if (post.role, post.hall_id) not in held
    )
    return PersonId(row.pk)


@in_transaction
def establish_department(
    *,
    code: str,
    region_id: RegionId,
    name: Text,
    compounds: Sequence[str],
    project_manager: PersonId | None,
    by: Actor | None,
    at: datetime,
) -> int:
    """A department by its code."""
    values = {
        "region_id": region_id, **_names(name), "compounds": list(compounds), "project_manager_id": project_manager
    }  # fmt: skip
    row, _ = establish(Department, key={"code": code}, values=values, stamp=_stamp(by), at=at)
    return row.pk


@in_transaction
def establish_directory(
    *, hall_id: HallId, entries: Sequence[contracts.DirectoryEntry], by: Actor | None, at: datetime
) -> int:
    """The hall's whole directory in this order; the number of entries that were not as given before."""
    wanted = [
        DirectoryEntry(
            hall_id=hall_id, place=place, purpose=entry.purpose, **_names(entry.name), number=entry.number,
            **_names(entry.remark or Text("", ""), "remark"),
        )
        for place, entry in enumerate(entries, start=1)
    ]  # fmt: skip
    stored = {row.place: row for row in DirectoryEntry.objects.filter(hall_id=hall_id)}
    different = [row for row in wanted if row.place not in stored or not _same(row, stored[row.place])]
    DirectoryEntry.objects.filter(hall_id=hall_id, place__gt=len(wanted)).delete()
    DirectoryEntry.objects.filter(hall_id=hall_id, place__in=[row.place for row in different]).delete()
    DirectoryEntry.objects.bulk_create(different)
    return len(different)


def _same(one: DirectoryEntry, other: DirectoryEntry) -> bool:
    names = ("purpose", "name_zh", "name_en", "number", "remark_zh", "remark_en")
    return all(getattr(one, name) == getattr(other, name) for name in names)


@in_transaction
def say_days(*, words: Sequence[contracts.DayWord], reason: str, by: Actor, at: datetime) -> None:
    """Adds a word for each of these days; what was said before stays on record."""
    CalendarDay.objects.bulk_create(
        CalendarDay(
            hall_id=word.hall_id, day=word.day, kind=word.kind.value, name=word.name, hours=word.hours,
            reason=reason, by_id=by.user_id, at=at,
        )
        for word in words
    )  # fmt: skip


@in_transaction
def say_opening(*, hall_id: int, word: contracts.OpeningWord, reason: str, by: Actor, at: datetime) -> None:
    """Adds opening hours from a day on; what was said before stays on record."""
    OpeningHours.objects.create(
        hall_id=hall_id, weekdays=list(word.weekdays), first_day=word.first_day, last_day=word.last_day,
        hours=word.hours, reason=reason, by_id=by.user_id, at=at,
    )  # fmt: skip
