"""The policy catalogue: narrower scope wins, the past stays explained, bounds hold."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onehall.foundation.database import transaction
from onehall.foundation.policy import BadPolicyValue, PolicyBook, PolicyKey, keys
from onehall.foundation.policy.book import Entry, MissingPolicy
from onehall.foundation.policy.services import entries_of, establish_place, establish_value, policy_book
from onehall.foundation.values.money import Money
from onehall.foundation.values.text import Text

NOON = datetime(2026, 11, 21, 4, tzinfo=UTC)
DAYS: PolicyKey[int] = PolicyKey("tests.days", "int", "days", "ORD-09", Text("试验天数", "Test days"), 0, 30)
FEE: PolicyKey[Money] = PolicyKey(
    "tests.fee", "money", "fen", "FEE-02", Text("试验费", "Test fee"), 0, 99_999
)
WAYS: PolicyKey[tuple[str, ...]] = PolicyKey(
    "tests.ways", "list", "", "PAY-03", Text("方式", "Ways"), choices=("cash", "card")
)


@pytest.fixture(autouse=True)
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    """The keys of these tests are declared while they run, and no longer: the catalogue belongs to the rooms."""
    for key in (DAYS, FEE, WAYS):
        monkeypatch.setitem(keys._declared, key.code, key)


def stand(key: str, value: object, *, since: datetime = NOON - timedelta(days=9), **scope: int) -> int | None:
    with transaction():
        return establish_value(
            key=key, value=value, valid_from=since, source="test", verified=True, at=NOON, **scope
        )


@pytest.mark.django_db
def test_a_halls_own_value_beats_its_regions_and_the_operators() -> None:
    with transaction():
        establish_place(hall_id=11, region_id=1)
        establish_place(hall_id=12, region_id=1)
    stand("tests.days", 7)
    stand("tests.days", 5, region_id=1)
    stand("tests.days", 3, hall_id=11)
    assert policy_book(hall_id=11, at=NOON)[DAYS] == 3
    assert policy_book(hall_id=12, at=NOON)[DAYS] == 5
    assert policy_book(hall_id=99, at=NOON)[DAYS] == 7


@pytest.mark.django_db
@pytest.mark.rule("CAT-01")
def test_a_value_for_tomorrow_changes_nothing_today_and_yesterdays_book_still_says_what_it_said() -> None:
    stand("tests.fee", 3_000)
    before = policy_book(hall_id=1, at=NOON)
    stand("tests.fee", 4_000, since=NOON + timedelta(days=1))
    assert policy_book(hall_id=1, at=NOON)[FEE] == Money.yuan("30.00")
    assert policy_book(hall_id=1, at=NOON + timedelta(days=2))[FEE] == Money.yuan("40.00")
    assert before[FEE] == Money.yuan("30.00")
    assert policy_book(hall_id=1, at=NOON).version > before.version


@pytest.mark.django_db
def test_the_same_value_again_is_no_new_entry() -> None:
    assert stand("tests.days", 7) is not None
    assert stand("tests.days", 7) is None
    assert len(entries_of(DAYS)) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("value", [-1, 31, "7", True, None, 7.0])
def test_a_value_outside_type_and_bounds_is_refused_by_name(value: object) -> None:
    with pytest.raises(BadPolicyValue) as refused:
        stand("tests.days", value)
    assert refused.value.field == "tests.days"
    assert "试验天数" in refused.value.sentence("zh")


@pytest.mark.django_db
def test_an_unknown_key_and_an_unknown_choice_are_refused() -> None:
    with pytest.raises(BadPolicyValue):
        stand("tests.no_such", 1)
    with pytest.raises(BadPolicyValue):
        stand("tests.ways", ["cash", "barter"])


def test_a_missing_value_crashes_rather_than_guessing() -> None:
    book = PolicyBook(version=0, hall_id=1, region_id=None, at=NOON, entries={})
    with pytest.raises(MissingPolicy):
        book[DAYS]


@given(
    st.lists(
        st.tuples(st.sampled_from([None, 1, 2]), st.integers(-5, 5), st.integers(0, 30)),
        min_size=1,
        max_size=12,
    )
)
def test_the_book_agrees_with_a_plain_search(rows: list[tuple[int | None, int, int]]) -> None:
    entries = [
        Entry(i, "tests.days", 2 if hall is None else 0, None, hall, value, NOON + timedelta(days=day))
        for i, (hall, day, value) in enumerate(rows)
    ]
    ordered = tuple(sorted(entries, key=lambda e: (e.breadth, -e.valid_from.timestamp(), -e.id)))
    book = PolicyBook(version=1, hall_id=1, region_id=None, at=NOON, entries={"tests.days": ordered})
    bearing = [e for e in entries if e.valid_from <= NOON and e.hall_id in (None, 1)]
    if not bearing:
        with pytest.raises(MissingPolicy):
            book[DAYS]
        return
    own = [e for e in bearing if e.hall_id == 1] or bearing
    assert book[DAYS] == max(own, key=lambda e: (e.valid_from, e.id)).value
