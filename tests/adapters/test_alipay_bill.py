"""Alipay's statement of a day: fetched from the simulated gateway, read whole or refused in words (PAY-03)."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from onehall.adapters.alipay import bill, plug
from onehall.adapters.alipay.simulated_bill import Line, written
from onehall.adapters.alipay.simulator import Gateway
from onehall.contexts.acquiring.ports import Wanted, Way
from onehall.contexts.clearing.ports import File, FileRefused, Kind
from onehall.foundation.values.money import Money

SELLER = "2088000000000001"
AT = "2026-11-25 12:00:00"
WHOLE = written([Line.of("a", "1", 2000, AT), Line.of("b", "2", 88000, AT), Line.of("b", "2", -88000, AT)], seller=SELLER)  # fmt: skip
TEXT = bill._text(WHOLE)


def read(content: bytes, day: date | None = None) -> File:
    return bill.read(content, seller=SELLER, day=day, today=date(2026, 11, 26))


@pytest.mark.rule("PAY-03")
def test_the_gateway_offers_its_statement_of_a_day_and_it_is_read_row_by_row(tmp_path: Path) -> None:
    moment = datetime.now(UTC)
    with Gateway(lambda: moment) as gateway:
        gateway.write_settings(tmp_path)
        alipay, source = plug.acquirer("alipay", tmp_path), plug.bills("alipay", tmp_path)
        assert alipay is not None and source is not None
        for number in ("a", "b"):
            about = Wanted(number, Way.SCANNED, Money(88000), "续费", moment, "284567890123456700")
            alipay.ask(about, seconds=30, at=moment)
        alipay.refund(about, reason="作废", seconds=30, at=moment)
        day = moment.astimezone(bill._ZONE).date()
        with pytest.raises(FileRefused):
            source.bill(day, seconds=30, at=moment)
        moment += timedelta(days=1)
        file = source.bill(day, seconds=30, at=moment)
        assert file is not None and file.reference == f"{SELLER}-{day:%Y%m%d}"
        assert sorted((one.kind, one.number, one.amount.fen, one.fee.fen) for one in file.rows) == [
            (Kind.CHARGE, "a", 88000, 528), (Kind.CHARGE, "b", 88000, 528), (Kind.REFUND, "b", 88000, -528)
        ]  # fmt: skip
        assert source.read(gateway.bill(day), at=moment) == file
    gone = plug.bills("alipay", tmp_path)
    assert gone is not None and gone.bill(day, seconds=1, at=moment) is None


@pytest.mark.rule("PAY-03")
@pytest.mark.parametrize(
    "content",
    [
        b"", b"PK\x03\x04", b"\xff\xff\xff", *(
            one.encode("gb18030")
            for one in (
                TEXT.replace("商户订单号", "订单", 1), TEXT.replace(SELLER, "2088000000000002"), TEXT.replace("20.00", "20.01", 1),
                TEXT.replace("交易合计：2笔", "交易合计：3笔"), TEXT.replace("#退款合计", "#"), TEXT.replace(AT, "2026-11-24 12:00:00", 1),
                TEXT.replace(AT, "2026-11-26 12:00:00"), TEXT.replace("-0.12", "-0.123"), TEXT.replace(",交易,", ",其他,", 1),
                TEXT.replace("b\t", "\t"), TEXT[: len(TEXT) // 2],
            )
        ),
    ],
)  # fmt: skip
def test_a_statement_that_is_not_whole_not_ours_or_of_no_one_day_is_refused(content: bytes) -> None:
    with pytest.raises(FileRefused):
        read(content)


@pytest.mark.rule("PAY-03")
def test_whole_it_is_read_zipped_or_not_and_a_day_without_trade_is_one_too() -> None:
    assert len(read(WHOLE).rows) == 3 and read(TEXT.encode("gb18030")) == read(WHOLE)
    assert read(written([], seller=SELLER), date(2026, 11, 25)).rows == ()
