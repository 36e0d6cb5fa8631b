"""The database that a newcomer never has to install: first start, bad days, wrong versions."""

import os
import signal
import stat
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from onehall.foundation.embedded import Address, Binaries, EmbeddedProblem, Server, find
from onehall.foundation.embedded.binaries import OLDEST_MAJOR, choose
from onehall.foundation.embedded.problems import NoPostgres, OtherVersion

FOUND = find()


@pytest.fixture(params=FOUND, ids=lambda binaries: f"{binaries.source}-{binaries.version}")
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path / "演示 数据 folder", candidates=[request.param])
    yield server
    server.stop()


def rows(address: Address, query: str) -> list[tuple[object, ...]]:
    with psycopg.connect(address.url(), autocommit=True) as connection:
        return connection.execute(query).fetchall()


def test_a_postgres_is_found_on_this_machine_or_in_the_wheel() -> None:
    assert FOUND
    assert all(binaries.major >= OLDEST_MAJOR for binaries in FOUND)
    assert [binaries.source for binaries in FOUND] == sorted(binaries.source for binaries in FOUND)


def test_first_start_makes_a_database_for_chinese_text_with_the_extensions_that_rooms_use(
    server: Server,
) -> None:
    address = server.start()
    with psycopg.connect(address.url()) as connection:
        connection.execute("create extension btree_gist")
        connection.execute("create extension pg_trgm")
        found = connection.execute(
            "select current_setting('server_encoding'), upper('é'), array(select unnest(array['王','一','a','B']) order by 1)"
        ).fetchone()
    assert found == ("UTF8", "É", ["B", "a", "一", "王"])


def test_the_product_is_no_superuser_so_that_what_works_here_works_on_a_real_server(server: Server) -> None:
    found = rows(server.start(), "select rolsuper, rolcreatedb from pg_roles where rolname = current_user")
    assert found == [(False, True)]


def test_nobody_enters_without_the_password_and_the_password_is_for_the_owner_only(server: Server) -> None:
    address = server.start()
    stranger = Address(port=address.port, password="guess")
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(stranger.url())
    keys = server.cluster.folder / "keys.json"
    assert stat.S_IMODE(keys.stat().st_mode) == 0o600
    assert address.password not in repr(address)


def test_starting_what_runs_gives_the_same_address_and_stopping_ends_it(server: Server) -> None:
    first = server.start()
    assert server.start() == first
    server.stop()
    assert server.running_port() is None
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(first.url())
    assert server.start() == first


def test_after_kill_9_the_next_start_recovers_what_was_committed(server: Server) -> None:
    with psycopg.connect(server.start().url()) as connection:
        connection.execute("create table kept as select 42 as answer")
    pid = int((server.cluster.data / "postmaster.pid").read_text().split()[0])
    os.kill(pid, signal.SIGKILL)
    assert rows(server.start(), "select answer from kept") == [(42,)]


@pytest.mark.rule("LED-03")
@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="looks for orphans in /proc")
def test_a_backend_that_does_not_notice_the_death_of_its_server_does_not_keep_it_down(server: Server) -> None:
    address = server.start()
    with psycopg.connect(address.url()) as held:
        held.execute("create table kept as select 1")
        held.commit()
        os.kill(held.info.backend_pid, signal.SIGSTOP)
        pid = int((server.cluster.data / "postmaster.pid").read_text().splitlines()[0])
        os.kill(pid, signal.SIGKILL)
        assert rows(server.start(), "select count(*) from kept") == [(1,)]
        with pytest.raises(psycopg.OperationalError):
            held.execute("select 1")


def test_a_server_that_does_not_end_when_asked_is_ended_the_hard_way(tmp_path: Path) -> None:
    stuck = Server(tmp_path, patience=1)
    stuck.start()
    os.kill(stuck._pid(), signal.SIGSTOP)
    stuck.stop()
    assert stuck.running_port() is None
    stuck.start()
    stuck.stop()


def test_a_server_that_is_shutting_down_for_ever_is_ended_and_started_anew(tmp_path: Path) -> None:
    stuck = Server(tmp_path, patience=1)
    with psycopg.connect(stuck.start().url()):  # a smart shutdown waits for whoever is connected
        os.kill(stuck._pid(), signal.SIGTERM)
        address = stuck.start()
        with psycopg.connect(address.url()) as fresh:
            assert fresh.execute("select 1").fetchone() == (1,)
    stuck.stop()


def test_a_pid_file_that_names_a_stranger_does_not_keep_the_database_down(server: Server) -> None:
    port = server.start().port
    server.stop()
    (server.cluster.data / "postmaster.pid").write_text(
        f"{os.getpid()}\n{server.cluster.data}\n0\n{port}\n\n127.0.0.1\n"
    )
    assert server.running_port() is None
    assert rows(server.start(), "select 1") == [(1,)]


def test_an_interrupted_first_start_leaves_nothing_that_stops_the_second(server: Server) -> None:
    half_made = server.cluster.folder / "data.new"
    half_made.mkdir(parents=True)
    (half_made / "PG_VERSION").write_text("15\n")
    assert rows(server.start(), "select 1") == [(1,)]


def test_data_of_another_major_version_are_refused_with_both_versions_named(tmp_path: Path) -> None:
    server = Server(tmp_path)
    server.cluster.data.mkdir(parents=True)
    (server.cluster.data / "PG_VERSION").write_text("14\n")
    with pytest.raises(OtherVersion) as refused:
        server.start()
    assert "14" in refused.value.sentence("en")
    assert str(FOUND[0].major) in refused.value.sentence("zh")
    assert refused.value.alternative("zh")


def test_data_choose_the_binaries_that_wrote_them() -> None:
    newest, older = Binaries(Path("/a"), "18.6", "machine"), Binaries(Path("/b"), "15.18", "wheel")
    assert choose([newest, older]) == newest
    assert choose([newest, older], 15) == older
    assert choose([newest], 15) is None


def test_no_postgres_at_all_is_a_sentence_that_says_what_to_install() -> None:
    with pytest.raises(NoPostgres) as refused:
        choose([])
    assert isinstance(refused.value, EmbeddedProblem)
    assert "DATABASE_URL" in refused.value.alternative("zh")
