"""The provider's trade bill: fetched from the simulated provider, read whole or refused in words (PAY-03)."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from onehall.adapters.payment import bill, plug
from onehall.adapters.payment.simulated_bill import Line, written
from onehall.adapters.payment.simulator import Provider
from onehall.contexts.acquiring.ports import Wanted, Way
from onehall.contexts.clearing.ports import FileRefused, Kind
from onehall.foundation.values.money import Money

DAY = date(2026, 11, 25)
NOON = datetime(2026, 11, 25, 4, 0, tzinfo=UTC)
LINES = [Line.of("a", "42001", 2000, NOON), Line.of("b", "42002", 88000, NOON), Line.of("b", "42002", -88000, NOON)]  # fmt: skip
WHOLE = written(LINES, mchid="1900000001", appid="wx1")


def read(content: bytes, day: date | None = None) -> object:
    return bill.read(content, merchant="1900000001", day=day, today=date(2026, 11, 26))


@pytest.mark.rule("PAY-03")
def test_the_provider_offers_its_file_of_a_day_and_it_is_read_row_by_row(tmp_path: Path) -> None:
    moment = datetime.now(UTC)
    with Provider(lambda: moment) as provider:
        provider.write_settings(tmp_path)
        wechat = plug.acquirer("wechat", tmp_path)
        source = plug.bills("wechat", tmp_path)
        assert wechat is not None and source is not None
        for number in ("a", "b"):
            about = Wanted(number, Way.SCANNED, Money(88000), "续费", moment, "134567890123456700")
            wechat.ask(about, seconds=30, at=moment)
        wechat.refund(about, reason="作废", seconds=30, at=moment)
        day = moment.astimezone(bill._ZONE).date()
        assert source.bill(day - timedelta(days=1), seconds=30, at=moment) is not None
        with pytest.raises(FileRefused):
            source.bill(day, seconds=30, at=moment)
        moment += timedelta(days=1)
        file = source.bill(day, seconds=30, at=moment)
        assert file is not None
        rows = [(one.kind, one.number, one.amount.fen, one.fee.fen) for one in file.rows]
        assert sorted(rows) == [
            (Kind.CHARGE, "a", 88000, 528), (Kind.CHARGE, "b", 88000, 528), (Kind.REFUND, "b", 88000, -528)
        ]  # fmt: skip
        assert file.reference == f"1900000001-{day:%Y%m%d}"
    gone = plug.bills("wechat", tmp_path)
    assert gone is not None and gone.bill(day, seconds=1, at=moment) is None


@pytest.mark.rule("PAY-03")
def test_a_file_whose_digest_is_not_the_signed_one_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = datetime.now(UTC)
    with Provider(lambda: moment) as provider:
        provider.write_settings(tmp_path)
        source = plug.bills("wechat", tmp_path)
        assert source is not None
        monkeypatch.setattr(
            "onehall.adapters.payment.simulator.offered",
            lambda url, day, content: {
                "hash_type": "SHA1", "hash_value": "0" * 40, "download_url": f"{url}/v3/billdownload/file?bill_date={day}"
            },
        )  # fmt: skip
        assert source.bill(DAY, seconds=30, at=moment) is None
        monkeypatch.setattr(
            "onehall.adapters.payment.simulator.offered",
            lambda url, day, content: {"hash_type": "SHA1", "hash_value": "0", "download_url": "http://example.com/"},
        )  # fmt: skip
        assert source.bill(DAY, seconds=30, at=moment) is None


text = WHOLE.decode("utf-8-sig")
lines = text.split("\r\n")


@pytest.mark.rule("PAY-03")
@pytest.mark.parametrize(
    "content",
    [
        b"", b"\xff\xfe\x00", text.replace("商户号", "商家", 1).encode(),
        "\r\n".join([*lines[:1], *lines[2:]]).encode(), "\r\n".join(lines[:4]).encode(),
        "\r\n".join(lines[:-2]).encode(), text.replace("`20.00", "`20.01", 1).encode(),
        text.replace("`1900000001", "`1900000002", 1).encode(), text.replace("`20.00", "`二十", 1).encode(),
        text.replace("`0.12000", "`0.12300").encode(), text.replace("2026-11-25 12:00:00", "2026-13-25 12:00:00", 1).encode(),
        text.replace("2026-11-25", "2026-11-24", 1).encode(), text.replace("2026-11-25", "2026-11-26").encode(),
        written([], mchid="1900000001", appid="wx1"),
    ],
)  # fmt: skip
def test_a_file_that_is_not_whole_not_ours_or_of_no_one_day_is_refused(content: bytes) -> None:
    with pytest.raises(FileRefused):
        read(content)
    assert len(read(WHOLE).rows) == 3  # type: ignore[attr-defined]


@pytest.mark.rule("PAY-03")
def test_a_day_without_trade_is_a_file_too(tmp_path: Path) -> None:
    assert read(written([], mchid="1900000001", appid="wx1"), DAY).rows == ()  # type: ignore[attr-defined]
