"""The disk fills up in the middle of a sale: a clear no, nothing half done, and the same press goes through once there is room."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.utils.timezone import now

from onehall.contexts.orders import api as orders
from onehall.foundation.database import fetch_all
from onehall.foundation.scopes import Actor, Scope
from onehall.readings.verification import verify_money
from tests.cast import Cast, count, dwelling
from tests.conftest_database import SUPERUSER

EVERYWHERE = Scope.operator()
WRITTEN_OVER = ("orders_basket", "numbers_book", "numbers_number")
"""Tables in which a sale changes rows; the others, where it adds some, are found out."""
NOT_OF_THE_SALE = {"identity_session"}


def filled(cast: Cast) -> tuple[Actor, orders.Basket]:
    cast.now = now()
    clerk = cast.clerk()
    card = cast.registered(clerk)
    return clerk, cast.basket(clerk, card.id, dwelling("dw", "1", "2", "502"), ("new_broadband", "bb20-year"))


def press(cast: Cast, clerk: Actor, basket: orders.Basket, intent: UUID) -> HttpResponse:
    """The clerk presses the key; whatever happens is answered as the browser would see it."""
    client = Client(raise_request_exception=False)
    client.cookies["onehall_session"] = cast.tokens[clerk.session_id or 0]
    form = {"intent": str(intent), "due": basket.total.text, "means": "cash", "received": basket.total.text}
    answer: HttpResponse = client.post(f"/desk/baskets/{basket.id}/payment", form)
    return answer


def rows() -> dict[str, int]:
    names = fetch_all(
        "select schemaname || '.' || tablename as name from pg_tables where schemaname in ('public', 'access')"
    )
    return {row["name"]: count(row["name"]) for row in names}


@pytest.mark.rule("LED-03", "ORD-05")
def test_wherever_the_disk_is_full_the_sale_is_refused_in_words_and_nothing_is_half_done(cast: Cast) -> None:
    clerk, basket = filled(cast)
    before = rows()
    fetch_all("savepoint unsold")
    assert press(cast, clerk, basket, uuid4()).status_code == 200
    after = rows()
    fetch_all("rollback to savepoint unsold")
    tables = [name for name in after if after[name] != before[name]]
    assert len(tables) > 12
    fetch_all(
        "create function no_room() returns trigger language plpgsql as $$ begin"
        " raise exception 'could not extend file: No space left on device' using errcode = 'disk_full'; end $$"
    )
    for table in sorted({*tables, *WRITTEN_OVER} - NOT_OF_THE_SALE):
        fetch_all(
            f"create trigger no_room before insert or update on {table} for each row execute function no_room()"
        )
        answer = press(cast, clerk, basket, uuid4())
        fetch_all(f"drop trigger no_room on {table}")
        assert answer.status_code == 507, table
        said = answer.content.decode()
        assert "服务器磁盘已满" in said and "什么都没有记帐" in said and "disk is full" in said
        assert rows() == before, table
    assert press(cast, clerk, basket, uuid4()).status_code == 200
    assert verify_money(scope=EVERYWHERE).findings == ()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte; skipped where it cannot be had."""
    if not os.environ.get(SUPERUSER):
        pytest.skip("needs a database server of the tests' own, for a tablespace on a small disk")
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m,mode=777", "tmpfs", str(tmp_path)], capture_output=True, check=False
    )  # fmt: skip
    if mounted.returncode:
        pytest.skip("needs root that may mount a small disk")
    yield tmp_path
    subprocess.run(["umount", "--lazy", str(tmp_path)], check=True)


@pytest.mark.rule("LED-03")
@pytest.mark.skipif(
    os.name == "nt" or not hasattr(os, "geteuid") or os.geteuid() != 0,
    reason="needs root to mount a small disk",
)
def test_a_disk_that_is_really_full_and_then_has_room_again(real_cast: Cast, small_disk: Path) -> None:
    clerk, basket = filled(real_cast)
    intent, place = uuid4(), f"small_{uuid4().hex[:8]}"
    name = connection.settings_dict["NAME"]
    home = small_disk / "postgres"
    home.mkdir(mode=0o777)
    os.chown(home, *_owner_of_data())
    server = urlsplit(os.environ[SUPERUSER])
    with psycopg.connect(urlunsplit(server._replace(path=f"/{name}")), autocommit=True) as owner:
        owner.execute(f"create tablespace {place} location '{home}'")  # type: ignore[arg-type]
        try:
            owner.execute(f"alter table ledger_payment set tablespace {place}")  # type: ignore[arg-type]
            filler = small_disk / "filler"
            _fill(filler)
            before = rows()
            answer = press(real_cast, clerk, basket, intent)
            assert (answer.status_code, "服务器磁盘已满" in answer.content.decode()) == (507, True)
            assert rows() == before
            filler.unlink()
            assert press(real_cast, clerk, basket, intent).status_code == 200
            assert press(real_cast, clerk, basket, intent).status_code == 303
            assert (count("ledger_payment"), count("ledger_posting")) == (1, 2 + 2), "two of the float"
            assert verify_money(scope=EVERYWHERE).findings == ()
        finally:
            owner.execute("alter table ledger_payment set tablespace pg_default")
            owner.execute(f"drop tablespace {place}")  # type: ignore[arg-type]


def _owner_of_data() -> tuple[int, int]:
    """Whoever the server runs as must own the folder."""
    with psycopg.connect(os.environ[SUPERUSER]) as owner:
        (folder,) = owner.execute("show data_directory").fetchone() or ("",)
    found = Path(str(folder)).stat()
    return found.st_uid, found.st_gid


def _fill(file: Path) -> None:
    with file.open("wb", buffering=0) as opened:
        try:
            while True:
                opened.write(bytes(4096))
        except OSError:
            return
