"""Rows that are taken in while the next are made ready, and work in a process beside this one."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection

from onehall.contexts.customers.models import Contact, Party
from onehall.foundation.database import (
    BesideLost,
    beside,
    copied_meanwhile,
    copy_in,
    fetch_one,
    new_ids,
    transaction,
)
from onehall.foundation.refusals import NotFound, Refusal
from onehall.foundation.scopes import Actor
from tests.cast import Cast

HERE = "tests.foundation.test_meanwhile"
AT = datetime(2026, 11, 2, 1, tzinfo=UTC)
CONTACT = ("party_id", "kind", "phone", "phone_hash", "last4_hash")


def people(clerk: Actor, count: int) -> list[int]:
    ids = new_ids(Party, count)
    columns = (
        "id",
        "kind",
        "name",
        "name_keys",
        "initials",
        "name_pinyin",
        "registered_hall_id",
        "registered_at",
        "by_id",
    )
    copy_in(
        Party,
        columns,
        ((one, "individual", f"客户{one}", [], "", "", clerk.hall_id, AT, clerk.user_id) for one in ids),
    )
    return ids


def telephone(party_id: int) -> tuple[object, ...]:
    return (party_id, "mobile", "13800000000", party_id.to_bytes(16, "big"), b"4" * 16)


def test_a_question_finds_the_rows_that_were_given_before_it(real_cast: Cast) -> None:
    clerk = real_cast.clerk()
    with transaction(), copied_meanwhile():
        ids = people(clerk, 500)
        copy_in(Contact, CONTACT, (telephone(one) for one in ids))
        assert Contact.objects.filter(party_id__in=ids).count() == 500
    assert Party.objects.filter(pk__in=ids).count() == 500


def test_a_row_that_leads_nowhere_is_refused_by_the_next_statement_and_nothing_stays(real_cast: Cast) -> None:
    clerk = real_cast.clerk()
    with pytest.raises(IntegrityError), transaction(), copied_meanwhile():
        ids = people(clerk, 3)
        copy_in(Contact, CONTACT, [telephone(2**40)])
        assert connection.in_atomic_block
        fetch_one("select 1 as one")
        raise AssertionError("the database had to say no before this")
    assert not Party.objects.filter(pk__in=ids).exists()


def test_the_last_rows_are_asked_for_on_leaving(real_cast: Cast) -> None:
    with pytest.raises(IntegrityError), transaction(), copied_meanwhile():
        copy_in(Contact, CONTACT, [telephone(2**40)])
    assert fetch_one("select 1 as one") == {"one": 1}


def test_an_error_of_the_program_is_not_hidden_by_one_of_the_database(real_cast: Cast) -> None:
    with pytest.raises(ZeroDivisionError), transaction(), copied_meanwhile():
        copy_in(Contact, CONTACT, [telephone(2**40)])
        _ = 1 // 0
    assert fetch_one("select 1 as one") == {"one": 1}


def test_references_wait_for_the_end_again_afterwards(real_cast: Cast) -> None:
    clerk = real_cast.clerk()
    with transaction():
        with copied_meanwhile():
            (party_id,) = people(clerk, 1)
        copy_in(Contact, CONTACT, [telephone(party_id + 10**6)])
        Contact.objects.filter(party_id=party_id + 10**6).delete()


def numbers(most: int) -> Iterator[object]:
    """For the process beside: so many numbers, and which database it sees."""
    yield from range(most)
    found = fetch_one("select current_database() as name, count(*)::int as parties from customers_party")
    assert found is not None
    yield found["name"], found["parties"]


def refusing() -> Iterator[object]:
    """For the process beside: one word, then a no."""
    yield "one"
    raise NotFound(what="这张表", what_en="This sheet", field="file")


def dying() -> Iterator[object]:
    """For the process beside: gone without a word."""
    yield "one"
    raise SystemExit(9)


def test_the_process_beside_sees_what_is_committed_in_this_very_database(real_cast: Cast) -> None:
    clerk = real_cast.clerk()
    before = Party.objects.count()
    with transaction():
        people(clerk, 2)
        with beside(f"{HERE}:numbers", 3) as told:
            assert list(told) == [0, 1, 2, (connection.settings_dict["NAME"], before)]


def test_its_refusal_is_the_same_here(real_cast: Cast) -> None:
    with beside(f"{HERE}:refusing") as told:
        assert next(told) == "one"
        with pytest.raises(NotFound) as no:
            next(told)
    assert no.value.field == "file" and no.value.sentence("en") == "This sheet was not found."
    assert isinstance(no.value, Refusal)


def test_its_death_is_noticed(real_cast: Cast) -> None:
    with beside(f"{HERE}:dying") as told:
        assert next(told) == "one"
        with pytest.raises(BesideLost):
            next(told)
