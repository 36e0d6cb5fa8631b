"""Halls, counters, people and numbers to call: each hall's own."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from onehall.contexts.organisation import api as organisation
from onehall.contexts.organisation.models import Hall as HallRow
from onehall.contexts.organisation.models import Post as PostRow
from onehall.foundation.identity.models import Grant, Role, User
from onehall.foundation.scopes import NotFound, Scope
from onehall.foundation.values.ids import HallId, RegionId
from onehall.foundation.values.text import Text

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
LATER = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
EVERYWHERE = Scope.operator()
SET_UP: Any = {"by": None, "at": AT}


@pytest.fixture
def region() -> RegionId:
    return organisation.establish_region(code="r", name=Text("分公司", "Branch"), **SET_UP)


def a_hall(region: RegionId, code: str, *, at: datetime = AT, phone: str = "1") -> HallId:
    text = Text(f"{code}厅", f"Hall {code}")
    return organisation.establish_hall(
        code=code, region_id=region, name=text, formal_name=text, phone=phone, address=text, hours="8–19",
        compounds=["aa"], by=None, at=at,
    )  # fmt: skip


@pytest.fixture
def hall(region: RegionId) -> HallId:
    return a_hall(region, "one")


@pytest.fixture
def other_hall(region: RegionId) -> HallId:
    return a_hall(region, "two")


def a_counter(hall: HallId, no: str, *capabilities: str) -> organisation.Counter:
    counter_id = organisation.establish_counter(
        hall_id=hall, no=no, name=Text("台席", "Counter"), capabilities=capabilities, **SET_UP
    )
    return organisation.counter(counter_id, scope=EVERYWHERE)


@pytest.mark.rule("ORG-01", "SEC-10")
def test_another_halls_counters_do_not_exist(hall: HallId, other_hall: HallId) -> None:
    theirs = a_counter(other_hall, "1", "*")
    assert organisation.counter(theirs.id, scope=Scope.of(other_hall)) == theirs
    for forbidden in (
        lambda: organisation.counter(theirs.id, scope=Scope.of(hall)),
        lambda: organisation.counters(other_hall, scope=Scope.of(hall)),
        lambda: organisation.hall(other_hall, scope=Scope.of(hall)),
        lambda: organisation.directory(other_hall, scope=Scope.of(hall)),
        lambda: organisation.people(hall_id=other_hall, scope=Scope.of(hall)),
    ):
        with pytest.raises(NotFound):
            forbidden()
    assert [h.id for h in organisation.halls(scope=Scope.of(hall))] == [hall]
    assert [h.id for h in organisation.halls(scope=EVERYWHERE)] == [hall, other_hall]


@pytest.mark.rule("ORG-01")
def test_counters_stand_in_the_order_of_their_numbers(hall: HallId) -> None:
    for no in ("10", "2", "1"):
        a_counter(hall, no)
    assert [c.no for c in organisation.counters(hall, scope=EVERYWHERE)] == ["1", "2", "10"]


@pytest.mark.rule("ORG-02")
def test_a_person_holds_posts_in_several_halls_and_exactly_the_last_ones_given(
    hall: HallId, other_hall: HallId
) -> None:
    both = [organisation.Post("clerk", hall), organisation.Post("agent", other_hall)]
    person = organisation.establish_person(staff_no="7", name="程前", user_id=None, posts=both, **SET_UP)
    found = organisation.person(person, scope=Scope.of(other_hall))
    assert found.holds("clerk", hall) and found.holds("agent", other_hall) and not found.holds("agent", hall)
    assert [p.staff_no for p in organisation.people(hall_id=hall, role="clerk", scope=EVERYWHERE)] == ["7"]
    assert organisation.people(hall_id=hall, role="agent", scope=EVERYWHERE) == []
    organisation.establish_person(staff_no="7", name="程前", user_id=None, posts=both[:1], **SET_UP)
    with pytest.raises(NotFound):
        organisation.person(person, scope=Scope.of(other_hall))


@pytest.mark.rule("ORG-02")
def test_a_post_without_a_hall_is_held_in_every_hall(hall: HallId, other_hall: HallId) -> None:
    organisation.establish_person(
        staff_no="1", name="总管", user_id=None, posts=[organisation.Post("headquarters", None)], **SET_UP
    )
    for somewhere in (hall, other_hall):
        seen = organisation.people(hall_id=somewhere, scope=Scope.of(somewhere))
        assert [p.name for p in seen] == ["总管"] and seen[0].holds("headquarters", somewhere)


def test_the_person_behind_a_login_is_found_where_they_work(hall: HallId, other_hall: HallId) -> None:
    user = User.objects.create(staff_no="7", name="程前", password="!")
    organisation.establish_person(
        staff_no="7", name="程前", user_id=user.pk, posts=[organisation.Post("clerk", hall)], **SET_UP
    )
    found = organisation.person_of_user(user.pk, scope=Scope.of(hall))
    assert found is not None and found.name == "程前"
    assert organisation.person_of_user(user.pk, scope=Scope.of(other_hall)) is None


@pytest.mark.rule("ORG-07")
def test_the_directory_is_shown_in_the_profiles_order_and_by_purpose(hall: HallId) -> None:
    def entry(purpose: str, number: str) -> organisation.DirectoryEntry:
        return organisation.DirectoryEntry(purpose, Text(purpose, purpose), number, None)

    entries = [entry("own", "1"), entry("superior", "2"), entry("fault", "3"), entry("superior", "4")]
    assert organisation.establish_directory(hall_id=hall, entries=entries, **SET_UP) == 4
    assert organisation.directory(hall, scope=EVERYWHERE) == entries
    assert [e.number for e in organisation.directory(hall, purpose="superior", scope=EVERYWHERE)] == [
        "2",
        "4",
    ]
    assert organisation.establish_directory(hall_id=hall, entries=entries, **SET_UP) == 0
    shorter = [entries[0], entry("fault", "33")]
    assert organisation.establish_directory(hall_id=hall, entries=shorter, **SET_UP) == 1
    assert organisation.directory(hall, scope=EVERYWHERE) == shorter


@pytest.mark.rule("ORD-01")
def test_a_counter_that_cannot_finish_the_business_names_those_that_can(hall: HallId) -> None:
    small = a_counter(hall, "1", "renewal")
    a_counter(hall, "2", "renewal", "new_broadband")
    a_counter(hall, "3", organisation.EVERY_BUSINESS)
    renewal = {"renewal": Text("续费", "Renew")}
    organisation.require_capability(small.id, business=renewal, scope=EVERYWHERE)
    with pytest.raises(organisation.CounterLacksCapability) as refused:
        wanted = {**renewal, "new_broadband": Text("新装宽带", "New broadband")}
        organisation.require_capability(small.id, business=wanted, scope=EVERYWHERE)
    assert refused.value.sentence("zh") == "1号台席不办理：新装宽带。"
    assert refused.value.sentence("en") == "Counter 1 does not handle: New broadband."
    assert "2、3" in refused.value.alternative("zh") and "2, 3" in refused.value.alternative("en")


@pytest.mark.rule("WRK-01")
def test_the_department_of_a_compound_takes_its_work(region: RegionId, hall: HallId) -> None:
    manager = organisation.establish_person(
        staff_no="9", name="主管", user_id=None, posts=[organisation.Post("project_manager", hall)], **SET_UP
    )
    organisation.establish_department(
        code="d",
        region_id=region,
        name=Text("经营部", "Department"),
        compounds=["aa"],
        project_manager=manager,
        **SET_UP,
    )
    found = organisation.department_of_compound("aa", scope=Scope.of(hall))
    assert (found.project_manager, found.project_manager_user) == (manager, None)
    with pytest.raises(NotFound):
        organisation.department_of_compound("bb", scope=EVERYWHERE)


@pytest.mark.rule("ORG-01")
def test_repeating_the_set_up_changes_nothing_and_new_data_brings_the_row_up_to_date(
    region: RegionId,
) -> None:
    first = a_hall(region, "one")
    assert a_hall(region, "one", at=LATER) == first
    assert list(HallRow.objects.values_list("changed_at", flat=True)) == [AT]
    assert a_hall(region, "one", at=LATER, phone="2") == first
    assert list(HallRow.objects.values_list("changed_at", flat=True)) == [LATER]
    assert organisation.hall(first, scope=EVERYWHERE).phone == "2"


def test_before_a_profile_is_installed_there_is_no_operator() -> None:
    with pytest.raises(NotFound):
        organisation.operator(scope=EVERYWHERE)


@pytest.mark.rule("ORG-06")
def test_the_database_refuses_grants_for_a_hall_that_does_not_exist(hall: HallId) -> None:
    user = User.objects.create(staff_no="7", name="程前", password="!")
    role = Role.objects.create(code="clerk", name_zh="营业员", name_en="Clerk", permissions=[])
    with transaction.atomic():
        Grant.objects.create(user=user, role=role, hall_id=hall)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        Grant.objects.create(user=user, role=role, hall_id=hall + 999)
        cursor.execute("set constraints all immediate")


def test_a_post_is_held_once(hall: HallId) -> None:
    person = organisation.establish_person(
        staff_no="7", name="程前", user_id=None, posts=[organisation.Post("clerk", hall)], **SET_UP
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        PostRow.objects.create(person_id=person, role="clerk", hall_id=hall)
