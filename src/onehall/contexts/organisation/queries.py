"""Reads of organisation. Halls outside the scope do not exist for the caller (SEC-10)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet

from onehall.contexts.organisation import contracts, rules
from onehall.contexts.organisation.models import (
    CalendarDay,
    Counter,
    Department,
    DirectoryEntry,
    Hall,
    OpeningHours,
    Operator,
    Person,
    Post,
    Region,
)
from onehall.foundation.database import Asking, Question, asks
from onehall.foundation.scopes import NotFound, Scope
from onehall.foundation.values.ids import CounterId, HallId, PersonId, RegionId, UserId
from onehall.foundation.values.text import Text

_ISSUER = """
    select o.name_zh as operator_zh, o.name_en as operator_en, h.formal_name_zh, h.formal_name_en, h.phone,
           h.address_zh, h.address_en, c.no
    from organisation_hall h cross join organisation_operator o
    left join organisation_counter c on c.id = %(counter)s and c.hall_id = h.id
    where h.id = %(hall)s
"""


def _text(row: Any, name: str) -> Text:
    return Text(getattr(row, f"{name}_zh"), getattr(row, f"{name}_en"))


def _hall(row: Hall) -> contracts.Hall:
    return contracts.Hall(
        id=HallId(row.pk), code=row.code, region_id=RegionId(row.region_id), name=_text(row, "name"),
        formal_name=_text(row, "formal_name"), phone=row.phone, address=_text(row, "address"), hours=row.hours,
        compounds=tuple(row.compounds),
    )  # fmt: skip


def _counters() -> QuerySet[Counter]:
    return Counter.objects.annotate(clerk=F("online__clerk"))


def _counter(row: Counter) -> contracts.Counter:
    clerk = getattr(row, "clerk", None)
    return contracts.Counter(
        id=CounterId(row.pk), hall_id=HallId(row.hall_id), no=row.no, name=_text(row, "name"),
        capabilities=tuple(row.capabilities), online_clerk=UserId(clerk) if clerk else None,
    )  # fmt: skip


def _department(row: Department) -> contracts.Department:
    manager = row.project_manager
    return contracts.Department(
        id=row.pk, code=row.code, name=_text(row, "name"), compounds=tuple(row.compounds),
        project_manager=PersonId(manager.pk) if manager else None,
        project_manager_user=UserId(manager.user_id) if manager and manager.user_id else None,
    )  # fmt: skip


def _visible(scope: Scope) -> QuerySet[Hall]:
    return Hall.objects.all() if scope.halls is None else Hall.objects.filter(pk__in=scope.halls)


def operator(*, scope: Scope) -> contracts.Operator:
    """The operator of this database. NotFound before a profile is installed."""
    del scope  # one database is one operator; everybody may know whose
    row = Operator.objects.first()
    if row is None:
        raise NotFound(
            what="运营单位（尚未安装配置包）", what_en="The operator (no profile is installed yet)"
        )
    return contracts.Operator(
        code=row.code, name=_text(row, "name"), country_code=row.country_code, area_code=row.area_code,
        postcode=row.postcode, time_zone=row.time_zone, building_digits=row.building_digits,
        unit_digits=row.unit_digits, room_digits=row.room_digits,
    )  # fmt: skip


def regions(*, scope: Scope) -> list[contracts.Region]:
    """The regions of the halls in scope, by code."""
    rows = Region.objects.filter(pk__in=_visible(scope).values("region_id")).order_by("code")
    return [contracts.Region(id=RegionId(r.pk), code=r.code, name=_text(r, "name")) for r in rows]


def halls(*, scope: Scope) -> list[contracts.Hall]:
    """The halls in scope, in the order they were set up."""
    return [_hall(row) for row in _visible(scope).order_by("pk")]


def hall(hall_id: int, *, scope: Scope) -> contracts.Hall:
    """One hall, or NotFound."""
    row = _visible(scope).filter(pk=hall_id).first()
    if row is None:
        raise NotFound(what="营业厅", what_en="The hall")
    return _hall(row)


def hall_by_code(code: str, *, scope: Scope) -> contracts.Hall:
    """One hall by its code, or NotFound."""
    row = _visible(scope).filter(code=code).first()
    if row is None:
        raise NotFound(what="营业厅", what_en="The hall")
    return _hall(row)


@asks
def issuer(*, hall_id: int, counter_id: int | None, scope: Scope) -> Asking[contracts.Issuer]:
    """Operator, hall and counter in one read: it stands on the path of every payment. NotFound outside the scope."""
    scope.require(hall_id)
    found = yield Question(_ISSUER, {"hall": hall_id, "counter": counter_id})
    if not found:
        raise NotFound(what="营业厅", what_en="The hall")
    (row,) = found
    return contracts.Issuer(
        operator=Text(row["operator_zh"], row["operator_en"]),
        hall=Text(row["formal_name_zh"], row["formal_name_en"]),
        phone=row["phone"],
        address=Text(row["address_zh"], row["address_en"]),
        counter_no=row["no"] or "",
    )


def counters(hall_id: int, *, scope: Scope) -> list[contracts.Counter]:
    """The counters of a hall, by number."""
    scope.require(hall_id)
    rows = [_counter(row) for row in _counters().filter(hall_id=hall_id)]
    return sorted(rows, key=lambda counter: (len(counter.no), counter.no))


def seats(hall_id: int, *, scope: Scope) -> list[contracts.Counter]:
    """The counters at which people sit, by number."""
    return [one for one in counters(hall_id, scope=scope) if one.online_clerk is None]


def online_counter(hall_id: int, *, scope: Scope) -> contracts.Counter | None:
    """Where the hall's customers are served without anybody; None in a hall that does not."""
    return next((one for one in counters(hall_id, scope=scope) if one.online_clerk is not None), None)


def counter(counter_id: int, *, scope: Scope) -> contracts.Counter:
    """One counter, or NotFound; another hall's is not found either."""
    row = _counters().filter(pk=counter_id).first()
    if row is None or not scope.allows(row.hall_id):
        raise NotFound(what="台席", what_en="The counter")
    return _counter(row)


def seat(counter_id: int, *, scope: Scope) -> contracts.Counter:
    """A counter at which somebody may sit, or NotFound."""
    found = counter(counter_id, scope=scope)
    if found.online_clerk is not None:
        raise NotFound(what="可以坐人的台席", what_en="A counter where people sit")
    return found


def require_capability(counter_id: int, *, business: Mapping[str, Text], scope: Scope) -> None:
    """Refuses business that the counter cannot finish, by its name, and names the counters that can (ORD-01)."""
    wanted = tuple(business)
    here = counter(counter_id, scope=scope)
    missing = rules.missing_capabilities(here, wanted)
    if missing:
        able = [one.no for one in rules.counters_for(seats(here.hall_id, scope=scope), wanted)]
        names = [business[kind] for kind in missing]
        raise contracts.CounterLacksCapability(
            counter=here.no, missing="、".join(name.zh for name in names), missing_en=", ".join(name.en for name in names),
            elsewhere="、".join(able) or "—", elsewhere_en=", ".join(able) or "—",
        )  # fmt: skip


def departments(*, scope: Scope) -> list[contracts.Department]:
    """The departments of the regions in scope, by code."""
    rows = Department.objects.filter(region_id__in=_visible(scope).values("region_id"))
    return [_department(row) for row in rows.select_related("project_manager").order_by("code")]


def department_of_compound(compound: str, *, scope: Scope) -> contracts.Department:
    """Who takes the installation work of a compound, or NotFound."""
    for found in departments(scope=scope):
        if compound in found.compounds:
            return found
    raise NotFound(what=f"小区 {compound} 的归属经营部", what_en=f"The department of compound {compound}")


def people(*, scope: Scope, hall_id: int | None = None, role: str | None = None) -> list[contracts.Person]:
    """People with a post in the halls in scope (or in every hall), narrowed by hall and role, by staff number."""
    posts = _posts(scope)
    if hall_id is not None:
        scope.require(hall_id)
        posts = posts.filter(Q(hall=None) | Q(hall_id=hall_id))
    if role is not None:
        posts = posts.filter(role=role)
    return _people(Person.objects.filter(pk__in=posts.values("person_id")))


def person(person_id: int, *, scope: Scope) -> contracts.Person:
    """One person with a post in scope, or NotFound."""
    found = _people(Person.objects.filter(pk=person_id, pk__in=_posts(scope).values("person_id")))
    if not found:
        raise NotFound(what="员工", what_en="The person")
    return found[0]


def person_of_user(user_id: int, *, scope: Scope) -> contracts.Person | None:
    """The person behind a login, if they hold a post in scope."""
    found = _people(Person.objects.filter(user_id=user_id, pk__in=_posts(scope).values("person_id")))
    return found[0] if found else None


def _posts(scope: Scope) -> QuerySet[Post]:
    return (
        Post.objects.all()
        if scope.halls is None
        else Post.objects.filter(Q(hall=None) | Q(hall__in=scope.halls))
    )


def _people(rows: QuerySet[Person]) -> list[contracts.Person]:
    chosen = list(rows.order_by("staff_no"))
    held: dict[int, list[contracts.Post]] = {}
    for post in Post.objects.filter(person__in=[row.pk for row in chosen]).order_by("pk"):
        entry = contracts.Post(role=post.role, hall_id=HallId(post.hall_id) if post.hall_id else None)
        held.setdefault(post.person_id, []).append(entry)
    return [
        contracts.Person(
            id=PersonId(row.pk), staff_no=row.staff_no, name=row.name,
            user_id=UserId(row.user_id) if row.user_id else None, posts=tuple(held.get(row.pk, ())),
        )
        for row in chosen
    ]  # fmt: skip


def directory(hall_id: int, *, scope: Scope, purpose: str | None = None) -> list[contracts.DirectoryEntry]:
    """The hall's directory in the profile's order, or the entries of one purpose (ORG-07)."""
    scope.require(hall_id)
    rows = DirectoryEntry.objects.filter(hall_id=hall_id).order_by("place")
    if purpose is not None:
        rows = rows.filter(purpose=purpose)
    return [
        contracts.DirectoryEntry(
            purpose=row.purpose, name=_text(row, "name"), number=row.number,
            remark=_text(row, "remark") if row.remark_zh else None,
        )
        for row in rows
    ]  # fmt: skip


def calendar_of(hall_id: int, *, scope: Scope) -> contracts.HallCalendar:
    """Everything that was said of the hall's days and hours, the oldest first."""
    usual = hall(hall_id, scope=scope).hours
    days = CalendarDay.objects.filter(Q(hall=None) | Q(hall_id=hall_id)).order_by("pk")
    openings = OpeningHours.objects.filter(hall_id=hall_id).order_by("pk")
    return contracts.HallCalendar(usual, tuple(map(_day_word, days)), tuple(map(_opening_word, openings)))


def plan_on(hall_id: int, day: date, *, scope: Scope) -> contracts.DayPlan:
    """A day of the hall as it stands."""
    return rules.plan_of(day, calendar_of(hall_id, scope=scope))


def working_days(hall_id: int, *, since: date, scope: Scope) -> tuple[frozenset[date], frozenset[date]]:
    """Days off and weekend days that are worked, from `since` on; one read, it stands on the path of a sale (LAW-34)."""
    scope.require(hall_id)
    days = CalendarDay.objects.filter(Q(hall=None) | Q(hall_id=hall_id), day__gte=since).order_by("pk")
    return rules.work_days(tuple(map(_day_word, days)), since=since)


def _day_word(row: CalendarDay) -> contracts.DayWord:
    place = HallId(row.hall_id) if row.hall_id else None
    kind = contracts.DayKind(row.kind)
    return contracts.DayWord(row.day, kind, row.name, row.hours, place, row.reason, UserId(row.by_id), row.at)


def _opening_word(row: OpeningHours) -> contracts.OpeningWord:
    return contracts.OpeningWord(
        tuple(row.weekdays), row.first_day, row.last_day, row.hours, row.reason, UserId(row.by_id), row.at
    )
