"""Questions that travel together: order, errors, what is never read, and the commit that travels with the last words."""

import pytest
from django.db import DatabaseError, connection

from onehall.foundation.database import (
    Asking,
    Question,
    ahead,
    asks,
    at_the_end,
    fetch_all,
    fetch_one,
    in_transaction,
    transaction,
)
from onehall.foundation.refusals import Refusal


class Full(Refusal):
    """A drawer without room."""

    code = "test.full"
    rule = "LED-03"
    zh = "满了。"
    en = "It is full."
    alternative_zh = "换一个。"
    alternative_en = "Take another."


@asks
def number(value: int) -> Asking[int]:
    """The number itself, from the database."""
    rows = yield Question("select %(value)s::int as n", {"value": value})
    return int(rows[0]["n"])


@in_transaction
@asks
def lay_in(*, coin: int) -> Asking[int]:
    """Puts a coin into the drawer; twice the same is Full."""
    try:
        rows = yield Question("insert into coins values (%(coin)s) returning coin", {"coin": coin})
    except DatabaseError as broken:
        raise Full() from broken
    return int(rows[0]["coin"])


@pytest.fixture
def coins(real_db: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "create table coins (coin int primary key, pair int references coins deferrable initially deferred)"
        )


def laid() -> list[int]:
    return [row["coin"] for row in fetch_all("select coin from coins order by coin")]


@pytest.mark.rule("LED-03")
def test_what_was_put_ahead_is_answered_in_order_and_sees_what_went_before(coins: None) -> None:
    with transaction():
        first, second = ahead(lay_in, coin=1), ahead(number, 7)
        assert fetch_all("select coin from coins") == [{"coin": 1}]
        assert (first.answer(), second.answer()) == (1, 7)
    assert laid() == [1]


@pytest.mark.rule("LED-03")
def test_an_error_reaches_the_verb_that_asked_and_undoes_the_whole_procedure(coins: None) -> None:
    with pytest.raises(Full), transaction():
        ahead(number, 1)
        ahead(lay_in, coin=1)
        ahead(lay_in, coin=1)
        ahead(lay_in, coin=2)
        fetch_one("select 1")
    assert laid() == []


@pytest.mark.rule("LED-03")
def test_a_refusal_that_nobody_read_is_heard_before_the_commit(coins: None) -> None:
    with transaction():
        lay_in(coin=1)
    with pytest.raises(Full), transaction():
        ahead(lay_in, coin=1)
    with pytest.raises(Full), transaction():
        lay_in(coin=2)
        ahead(lay_in, coin=1)
    assert laid() == [1]


def test_what_is_disregarded_refuses_nothing(coins: None) -> None:
    @asks
    def refusing() -> Asking[None]:
        yield Question("select 1")
        raise Full()

    with transaction():
        other = ahead(refusing)
        lay_in(coin=1)
        other.disregard()
    assert laid() == [1]


@pytest.mark.rule("LED-03")
def test_what_a_failed_procedure_put_is_never_sent(coins: None) -> None:
    with pytest.raises(Full), transaction():
        ahead(lay_in, coin=1)
        raise Full()
    with transaction():
        assert laid() == []
    assert laid() == []


def test_a_read_outside_a_procedure_goes_at_once_and_a_write_is_refused(coins: None) -> None:
    assert ahead(number, 3).answer() == 3
    with pytest.raises(RuntimeError, match="lay_in"):
        ahead(lay_in, coin=1)


@pytest.mark.rule("LED-03")
def test_the_commit_that_travels_with_the_last_words_keeps_every_promise(coins: None) -> None:
    with transaction():
        at_the_end("insert into coins values (%(c)s, %(c)s)", {"c": 5})
    assert connection.get_autocommit() and laid() == [5]

    with pytest.raises(DatabaseError), transaction():
        lay_in(coin=6)
        at_the_end("insert into coins values (%(c)s, %(pair)s)", {"c": 7, "pair": 99})
    assert connection.get_autocommit() and laid() == [5]

    with pytest.raises(DatabaseError), transaction():
        at_the_end("insert into coins values (%(c)s)", {"c": 8})
        at_the_end("insert into coins values (%(c)s)", {"c": 5})
    with transaction():
        lay_in(coin=9)
    assert laid() == [5, 9]
