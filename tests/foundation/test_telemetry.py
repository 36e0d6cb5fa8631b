"""Log lines, their bounds and their end (API-05, REC-02)."""

import json
import logging
import logging.config
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.exceptions import DisallowedHost
from django.db import DataError, IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from onehall.foundation.database import fetch_all
from onehall.foundation.policy.services import establish_value
from onehall.foundation.telemetry.configuration import logging_config
from onehall.foundation.telemetry.files import DayFile, day_of
from onehall.foundation.telemetry.flood import Flood
from onehall.foundation.telemetry.formatting import JsonLine
from onehall.foundation.telemetry.redaction import clean, described, strict
from onehall.foundation.values.context import request_id
from onehall.foundation.vault import VaultError
from onehall.journeys.delete_old_logs import delete_old_logs
from tests.cast import Cast, mobile, resident_id

NAME = "王建国"
LATIN = "Wang Jianguo"
ID, PHONE = resident_id(born="19751111", turn=901), mobile()
SECRETS = (NAME, LATIN, ID, PHONE, "w.jianguo@example.org", "6222021234567890123", "029-88776655")
BODY = f"name={NAME}&document={ID}&phone={PHONE}"
ZONE = "Asia/Shanghai"

Line = dict[str, Any]


def line_of(record: logging.LogRecord) -> Line:
    found: Line = json.loads(JsonLine("pages", ZONE).format(record))
    return found


def record_of(
    name: str, words: Any, *arguments: Any, error: BaseException | None = None
) -> logging.LogRecord:
    caught = (type(error), error, error.__traceback__) if error else None
    return logging.LogRecord(name, logging.ERROR, __file__, 1, words, arguments, caught)  # type: ignore[arg-type]


def raised(work: Callable[[], Any]) -> BaseException:
    try:
        work()
    except Exception as error:
        return error
    raise AssertionError("nothing was raised")


def silent(text: str) -> bool:
    """Nothing of the customer stands in it."""
    return not any(secret in text for secret in SECRETS) and not re.search(r"\d{11}", text.replace("-", ""))


def a_chain() -> None:
    document, phone = ID, PHONE
    try:
        raise KeyError(NAME)
    except KeyError as error:
        raise RuntimeError(f"{LATIN} {document} {phone}") from error


@pytest.mark.rule("API-05")
@pytest.mark.parametrize(
    "work",
    [
        a_chain,
        lambda: int(ID + NAME),
        lambda: {}[BODY],  # type: ignore[var-annotated]
        lambda: BODY.encode("ascii"),
        lambda: json.loads(BODY),
        lambda: date.fromisoformat(LATIN),
        lambda: (_ for _ in ()).throw(Exception(*SECRETS)),
        lambda: (_ for _ in ()).throw(OSError(2, "No such file", f"{NAME}.pdf")),
    ],
)
def test_an_error_is_told_without_what_it_says(work: Callable[[], Any]) -> None:
    line = line_of(record_of("onehall.journeys", "a sale broke off", error=raised(work)))
    assert silent(json.dumps(line, ensure_ascii=False))
    assert (line["error"]["stack"] and "test_telemetry.py" in line["error"]["stack"][-1]) or "stack" in line[
        "error"
    ]
    assert line["message"] == "a sale broke off"


@pytest.mark.rule("API-05")
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sql", "kind", "told"),
    [
        ("insert into told values (%s, 1), (%s, 2)", IntegrityError, {"sqlstate": "23505", "constraint_name": "told_pkey"}),
        ("insert into told values (%s, null), (%s, 1)", IntegrityError, {"sqlstate": "23502", "column_name": "n"}),
        ("select %s::int, %s::int", DataError, {"sqlstate": "22P02"}),
        ("insert into told values (%s, 0), (%s || 'x', 1)", IntegrityError, {"constraint_name": "told_n_check"}),
    ],
)  # fmt: skip
def test_what_a_database_quotes_of_a_row_is_left_out(sql: str, kind: type[Exception], told: Line) -> None:
    """Key (name)=(王建国) already exists; Failing row contains (…); invalid input syntax for type integer: "…"."""
    fetch_all("create temp table if not exists told (name text primary key, n int not null check (n > 0))")
    error = raised(lambda: transaction.atomic()(fetch_all)(sql, (f"{NAME}{ID}", f"{NAME}{ID}")))
    assert isinstance(error, kind) and ID in str(error.__cause__ or error) + sql
    line = line_of(record_of("django.request", "Internal Server Error: %s", f"/desk/{PHONE}", error=error))
    assert silent(json.dumps(line, ensure_ascii=False))
    causes = [line["error"], line["error"].get("cause", {})]
    assert any(told.items() <= cause.items() for cause in causes), causes


@pytest.mark.rule("API-05")
def test_a_lost_database_says_why_and_a_key_ring_which_key() -> None:
    lost = raised(lambda: psycopg.connect("host=127.0.0.1 port=1 dbname=onehall password=geheim"))
    told = described(lost)
    assert "refused" in told["message"] and "geheim" not in str(told)
    assert "lacks key" in described(VaultError("The key ring lacks key 'k7'."))["message"]


@pytest.mark.rule("API-05")
def test_words_of_others_are_believed_only_as_far_as_their_format() -> None:
    host = DisallowedHost(f"Invalid HTTP_HOST header: '{NAME}.{PHONE}'.")
    records = [
        record_of("django.request", "Not Found: %s", f"/v/{PHONE}/{NAME}"),
        record_of("django.security.DisallowedHost", str(host)),
        record_of("pydantic", "value %(value)s is not %(kind)s", {"value": BODY, "kind": NAME}),
        record_of("httpx", f"GET http://hall.example/?name={NAME} {ID}"),
        record_of("onehall.desk", "retried for %s", host),
        record_of(
            "onehall.desk", f"called {PHONE} 和 138-1234 5678, {SECRETS[4]}, {SECRETS[5]}, {SECRETS[6]}"
        ),
        record_of("other", "%d %s", "not a number"),
        record_of("other", host),
    ]
    for record in records:
        assert silent(json.dumps(line_of(record), ensure_ascii=False)), record.msg
    assert line_of(records[0])["message"] == "Not Found: …"
    assert line_of(records[4])["message"].endswith("django.core.exceptions.DisallowedHost")


@given(
    st.text(),
    st.from_regex(r"1[3-9]\d{9}|[1-9]\d{16}[\dX]|9[1-9A-HJ-NP-Y][1-9]{6}[0-9A-HJ-NP-Y]{10}", fullmatch=True),
)
def test_no_number_of_a_person_or_firm_passes_wherever_it_stands(text: str, number: str) -> None:
    for way in (clean, strict):
        said = way(f"{text} {number} {text}")
        assert number not in said and "\n" not in said and len(said) <= 400


@pytest.mark.rule("API-05")
def test_a_line_says_when_what_where_and_for_which_request() -> None:
    token = request_id.set("abcdef0123456789")
    record = record_of("onehall.request", "request")
    record.facts = {"route": "desk/", "status": 200, "ms": 1.5, "user": 7, "hall": 1}
    line = line_of(record)
    request_id.reset(token)
    assert datetime.fromisoformat(line["time"]).utcoffset() == timedelta(hours=8)
    assert (line["level"], line["logger"], line["process"]) == ("ERROR", "onehall.request", "pages")
    assert (line["request_id"], line["route"], line["user"]) == ("abcdef0123456789", "desk/", 7)


@pytest.fixture
def handler(tmp_path: Path) -> Iterator[DayFile]:
    made = DayFile(str(tmp_path), "pages", ZONE)
    made.setFormatter(JsonLine("pages", ZONE))
    yield made
    made.close()


@pytest.mark.rule("REC-02")
def test_a_day_has_a_file_of_its_own_by_the_halls_midnight_though_the_clock_is_set_back(
    tmp_path: Path, handler: DayFile
) -> None:
    late = datetime.fromisoformat("2026-11-25T23:59:00+08:00").timestamp()
    for moment in (late, late + 120, late - 3600, late + 180):
        record = record_of("onehall", "x")
        record.levelno, record.created = logging.INFO, moment
        handler.handle(record)
    counted = {path.name: len(path.read_text().splitlines()) for path in tmp_path.iterdir()}
    assert counted == {"pages-2026-11-25.jsonl": 2, "pages-2026-11-26.jsonl": 2}
    assert all(path.stat().st_mode & 0o077 == 0 for path in tmp_path.iterdir())


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no full disk to write to")
def test_a_full_disk_stops_nobody(
    tmp_path: Path, handler: DayFile, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "pages-2026-11-25.jsonl").symlink_to("/dev/full")
    record = record_of("onehall", "x")
    record.levelno, record.created = (
        logging.INFO,
        datetime.fromisoformat("2026-11-25T12:00:00+08:00").timestamp(),
    )
    handler.handle(record)
    (tmp_path / "pages-2026-11-25.jsonl").unlink()
    handler.handle(record)
    assert len((tmp_path / "pages-2026-11-25.jsonl").read_text().splitlines()) == 1


def test_strangers_and_repeated_errors_fill_no_disk() -> None:
    flood = Flood(burst=100, rate=5)
    admitted = [flood.admit("stranger", now / 1000) for now in range(1000)]
    assert sum(before is not None for before in admitted) == 104
    assert sum(before or 0 for before in admitted) + (flood.admit("stranger", 2) or 0) == 1000 - 104
    after = [flood.admit("stranger", 1) for _ in range(200)]
    assert sum(before is not None for before in after) <= 5, "a clock set back lets nothing more in"


def test_one_error_met_again_and_again_is_counted_not_repeated(tmp_path: Path) -> None:
    logging.config.dictConfig(config := logging_config(process="pages", folder=str(tmp_path), zone=ZONE))
    assert config["root"]["level"] == "INFO"
    log = logging.getLogger("onehall.test")
    try:
        for _ in range(1000):
            try:
                raise RuntimeError(NAME)
            except RuntimeError:
                log.exception("broken")
        lines = [json.loads(text) for path in tmp_path.iterdir() for text in path.read_text().splitlines()]
    finally:
        logging.config.dictConfig(logging_config(process="console", folder="", zone=ZONE))
    assert 20 <= len(lines) < 25


@pytest.mark.rule("API-05")
def test_an_error_that_nobody_caught_keeps_its_words_to_itself(tmp_path: Path) -> None:
    program = (
        "import logging.config, threading\n"
        "from onehall.foundation.telemetry.configuration import *\n"
        f"logging.config.dictConfig(logging_config(process='clock', folder={str(tmp_path)!r}, zone={ZONE!r}))\n"
        "catch_the_uncaught()\n"
        f"def work(): raise ValueError({NAME + ID!r})\n"
        "thread = threading.Thread(target=work); thread.start(); thread.join()\n"
        "work()\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    (log,) = tmp_path.iterdir()
    assert done.returncode == 1
    assert silent(done.stderr + log.read_text()) and log.read_text().count('"ValueError"') == 2


def _day(folder: Path, day: date, process: str = "pages") -> Path:
    path = folder / f"{process}-{day.isoformat()}.jsonl"
    path.write_text("{}\n")
    return path


@pytest.mark.rule("REC-02", "LAW-30")
def test_old_logs_go_with_a_certificate_and_young_ones_stay(cast: Cast, tmp_path: Path) -> None:
    today = cast.now.date()
    old = [_day(tmp_path, today - timedelta(days=days), "clock") for days in (500, 201)]
    young = [_day(tmp_path, today - timedelta(days=days)) for days in (200, 184, 0)]
    other = tmp_path / "pages.log"
    other.write_text("start")
    gone = delete_old_logs(folder=tmp_path, by=None, at=cast.now)
    assert [log.path for log in gone] == old and not any(path.exists() for path in old)
    assert all(path.exists() for path in (*young, other))
    lines = fetch_all(
        "select subject_id, rule, details from audit_auditentry where action = 'log.deleted' order by id"
    )
    assert [line["subject_id"] for line in lines] == [path.name for path in old]
    assert (
        lines[0]["rule"] == "REC-02"
        and lines[0]["details"]["bytes"] == 3
        and len(lines[0]["details"]["sha256"]) == 64
    )
    assert delete_old_logs(folder=tmp_path, by=None, at=cast.now) == []


@pytest.mark.rule("REC-02")
def test_under_a_legal_hold_nothing_is_deleted(cast: Cast, tmp_path: Path) -> None:
    old = _day(tmp_path, cast.now.date() - timedelta(days=4000))
    establish_value(key="logs.hold", value=True, valid_from=cast.now, source="试", verified=True, at=cast.now)
    assert delete_old_logs(folder=tmp_path, by=None, at=cast.now) == () and old.exists()


def test_only_day_files_have_a_day() -> None:
    assert day_of("pages-2026-11-25.jsonl") == date(2026, 11, 25)
    assert [day_of(name) for name in ("pages.log", "x.jsonl", "pages-2026-13-40.jsonl", "keys.toml")] == [
        None
    ] * 4
