"""Card terminals against a gateway made of software: what is asked, what is believed, what nobody knows; its statement (PAY-03)."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from onehall.adapters.terminal import bill, codec, plug, settings
from onehall.adapters.terminal.plug import Terminals
from onehall.adapters.terminal.simulator import MERCHANT, Gateway, Line, Sale, written
from onehall.contexts.acquiring.ports import Answer, AnswerRefused, Said, Wanted, Way
from onehall.contexts.clearing.ports import File, FileRefused, Kind
from onehall.foundation.values.money import Money

NUMBER, DESK = "2026112600000000000000000001", "xinyuan/3"
DAY, AT = date(2026, 11, 25), "2026-11-25 12:00:00"


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    with Gateway(now) as one:
        yield one


@pytest.fixture
def terminals(gateway: Gateway, tmp_path: Path) -> Terminals:
    gateway.write_settings(tmp_path)
    found = plug.acquirer("card", tmp_path)
    assert isinstance(found, Terminals)
    return found


def wanted(fen: int = 88000, desk: str = DESK, way: Way = Way.TERMINAL) -> Wanted:
    return Wanted(NUMBER, way, Money(fen), "续费", now() + timedelta(minutes=5), "", desk)


def asked(terminals: Terminals, fen: int = 88000, seconds: int = 30) -> Answer:
    return terminals.ask(wanted(fen), seconds=seconds, at=now())


def queried(terminals: Terminals) -> Answer:
    return terminals.query(wanted(), seconds=30, at=now())


@pytest.mark.rule("PAY-03")
def test_a_card_is_charged_once_and_no_more_of_it_is_told_than_its_end(
    terminals: Terminals, gateway: Gateway
) -> None:
    first, second = (asked(terminals) for _ in range(2))
    assert (first.said, first.amount, first.payer) == (Said.SUCCEEDED, Money(88000), "**** 1234")
    assert first.transaction == second.transaction == queried(terminals).transaction
    assert first.transaction.endswith(gateway.sales[NUMBER].reference) and len(first.approval) == 6
    assert gateway.paid() == {NUMBER: 88000}


@pytest.mark.rule("PAY-03")
@pytest.mark.parametrize(
    ("fen", "first", "later"),
    [
        (10091, Said.WAITING, Said.SUCCEEDED), (10093, Said.FAILED, Said.FAILED), (10094, Said.WAITING, Said.WAITING),
    ],
)  # fmt: skip
def test_what_cards_and_terminals_do(terminals: Terminals, fen: int, first: Said, later: Said) -> None:
    assert asked(terminals, fen).said is first
    queried(terminals)
    assert queried(terminals).said is later


@pytest.mark.rule("PAY-03")
@pytest.mark.parametrize(("fen", "later"), [(10092, Said.SUCCEEDED), (10096, Said.CLOSED)])
def test_a_lost_answer_says_nothing_and_the_terminal_may_have_reversed(
    terminals: Terminals, fen: int, later: Said
) -> None:
    assert asked(terminals, fen, seconds=1).said is Said.UNKNOWN
    assert queried(terminals).said is later


@pytest.mark.rule("PAY-03")
def test_what_was_cancelled_is_never_charged_and_what_was_paid_is_not_cancelled(
    terminals: Terminals, gateway: Gateway
) -> None:
    assert terminals.close(wanted(), seconds=30, at=now()).said is Said.CLOSED
    assert asked(terminals).said is Said.CLOSED and gateway.paid() == {}
    gateway.sales.clear()
    assert queried(terminals).said is Said.ABSENT
    asked(terminals)
    assert terminals.close(wanted(), seconds=30, at=now()).said is Said.SUCCEEDED


@pytest.mark.rule("PAY-03")
@pytest.mark.parametrize(
    ("fen", "said"),
    [(88000, [Said.REFUNDED] * 2), (10095, [Said.REFUND_REFUSED] * 2), (10097, [Said.WAITING, Said.WAITING, Said.REFUNDED])],
)  # fmt: skip
def test_it_goes_back_once_to_the_same_card(
    terminals: Terminals, gateway: Gateway, fen: int, said: list[Said]
) -> None:
    asked(terminals, fen)
    assert [terminals.refund(wanted(fen), reason="作废", seconds=30, at=now()).said for _ in said] == said
    assert gateway.paid() == ({NUMBER: fen} if said[0] is Said.REFUND_REFUSED else {})


@pytest.mark.rule("PAY-03")
def test_a_counter_without_terminal_and_a_slip_ask_nobody(terminals: Terminals, gateway: Gateway) -> None:
    assert terminals.ask(wanted(desk="xinyuan/9"), seconds=30, at=now()).said is Said.FAILED
    assert terminals.refund(wanted(way=Way.SLIP), reason="", seconds=30, at=now()).said is Said.UNKNOWN
    assert gateway.sales == {}


@pytest.mark.rule("PAY-03")
def test_who_does_not_hold_the_key_is_not_believed(terminals: Terminals, gateway: Gateway) -> None:
    asked(terminals)
    headers, body = gateway.notice(NUMBER)
    assert terminals.hear(headers, body, at=now())[1].said is Said.SUCCEEDED
    for spoilt in (body.replace(b"88000", b"88001"), b"", b"[]"):
        with pytest.raises(AnswerRefused):
            terminals.hear(headers, spoilt, at=now())
    gateway.key = b"another"
    assert queried(terminals).said is Said.UNKNOWN
    gateway.__exit__(None, None, None)
    assert asked(terminals, seconds=2).said is Said.UNKNOWN


@pytest.mark.rule("PAY-03")
@pytest.mark.parametrize(
    "other", [{"number": "x"}, {"paid_at": "?"}, {"reference": "1"}, {"fen": "?"}, {"state": "?"}]
)
def test_an_answer_about_something_else_says_nothing(gateway: Gateway, other: dict[str, str]) -> None:
    sale = Sale(NUMBER, "T", 100)
    gateway._approve(sale)
    told = {**gateway._told(sale), "card": "6228481234561234"}
    assert codec.answer(told, number=NUMBER).payer == "**** 1234"
    assert codec.answer({**told, **other}, number=NUMBER).said is Said.UNKNOWN


@pytest.mark.rule("PAY-03")
def test_the_folder_is_whole_or_refused(tmp_path: Path) -> None:
    assert plug.acquirer("card", tmp_path) is None
    for told in ("", 'merchant = "1"\nkey = "short"', "?"):
        (tmp_path / "card.toml").write_text(told)
        with pytest.raises(settings.BadSettings):
            plug.acquirer("card", tmp_path)


def read(content: bytes, day: date | None = None) -> File:
    return bill.read(content, merchant=MERCHANT, day=day, today=date(2026, 11, 26))


def line(fen: int, reference: str, number: str = "", first: str = "") -> Line:
    sale = Sale(number, "T1", abs(fen), reference=first or reference, paid_at=AT)
    return Line(sale, fen, AT, reference, fen * 6 // 1000)


WHOLE = written(
    [
        line(2000, "000000000001", "a"),
        line(88000, "000000000002"),
        line(-88000, "000000000003", "", "000000000002"),
    ]
)
TEXT = WHOLE.decode("gb18030")


@pytest.mark.rule("PAY-03")
def test_a_statement_names_each_row_as_our_books_do() -> None:
    slip = "S20261125000000000002"
    assert [(one.kind, one.number, one.amount.fen, one.fee.fen) for one in read(WHOLE).rows] == [
        (Kind.CHARGE, "a", 2000, 12), (Kind.CHARGE, slip, 88000, 528), (Kind.REFUND, slip, 88000, -528)
    ]  # fmt: skip
    assert read(TEXT.encode("utf-8-sig")) == read(WHOLE)
    assert read(written([]), DAY).rows == ()


@pytest.mark.rule("PAY-03")
@pytest.mark.parametrize(
    "content",
    [
        b"", b"\xff\xff\xff", *(
            one.encode()
            for one in (
                TEXT.replace(MERCHANT, "1"), TEXT.replace("参考号", "号", 1), TEXT.replace("20.00", "20.01", 1), TEXT.replace("消费2笔", "消费3笔"),
                TEXT.replace("#合计", "#"), TEXT.replace(AT, "2026-11-24 12:00:00", 1), TEXT.replace("-25 12", "-26 12"),
                TEXT.replace("-5.28", "-5.285"), TEXT.replace(",消费,", ",预授权,", 1), TEXT.replace("000000000001", "1", 1),
                TEXT.replace("5.28", "x", 1), TEXT[: len(TEXT) // 2],
            )
        ),
    ],
)  # fmt: skip
def test_a_statement_that_is_not_whole_not_ours_or_of_no_one_day_is_refused(content: bytes) -> None:
    with pytest.raises(FileRefused):
        read(content)


@pytest.mark.rule("PAY-03")
def test_the_gateway_hands_out_a_day_that_is_over(
    gateway: Gateway, terminals: Terminals, tmp_path: Path
) -> None:
    asked(terminals)
    day = now().astimezone(bill.ZONE).date()
    with pytest.raises(FileRefused):
        terminals.bill(day, seconds=30, at=now())
    file = terminals.bill(day, seconds=30, at=now() + timedelta(days=1))
    assert file is not None and [one.number for one in file.rows] == [NUMBER]
    gateway.__exit__(None, None, None)
    gone = plug.bills("card", tmp_path)
    assert gone is not None and gone.bill(day, seconds=1, at=now()) is None
