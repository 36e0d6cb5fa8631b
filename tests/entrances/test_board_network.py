"""The network on the board: figures, what waits, sessions; each hall sees its compounds (NET-03, NET-04, SEC-10)."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from onehall.adapters.radius.kinds import kinds
from onehall.contexts.provisioning import api as provisioning
from onehall.entrances.board.network.words import KINDS
from onehall.foundation.database import fetch_all, transaction
from onehall.foundation.scopes import Scope
from onehall.foundation.vault import decrypt
from onehall.readings.network.board import devices
from tests import network_life as net
from tests.entrances.board_room import BoardRoom, room, words

__all__ = ["room"]
MINUTE, NETWORK = timedelta(minutes=1), "/board/network/"


@pytest.fixture
def busy(room: BoardRoom) -> BoardRoom:
    """Three lines, one on line, one broke off; a refusal, a command that waits, a device that rests."""
    for number in ("501", "502", "601"):
        room.cast.new_line(room.clerk, number)
    now = room.cast.later(days=10)
    net.device(now)
    resting = now + 5 * MINUTE
    net.device(
        now, "观邸BRAS", "10.1.0.2", heard=90, failures=3, resting_until=resting, last_error="没有应答"
    )
    net.on_line("dw0120501", now - 90 * MINUTE, now)
    net.was_on_line("dw0120502", now - 90 * MINUTE, now - 2 * MINUTE, "Lost-Carrier")
    net.refused("dw0120502", now - MINUTE)
    with transaction():
        provisioning.withdraw_access(account="dw0120601", at=now)
    return room


def test_a_new_hall_has_a_calm_page(room: BoardRoom) -> None:
    page = words(room.browser().get(NETWORK))
    for told in ("还没有宽带", "没有被拒的", "都已生效", "还没有接入设备"):
        assert told in page


@pytest.mark.rule("NET-03", "NET-04")
def test_the_page_tells_who_is_on_line_what_is_refused_what_waits_and_how_the_devices_are(
    busy: BoardRoom,
) -> None:
    page = words(busy.browser().get(NETWORK))
    for told in (
        "共 3 条宽带",
        "馨苑",
        "掉线",
        "密码不对",
        "dw0120601",
        "断开在线会话",
        "命令不通，暂停重试",
        "没有应答",
    ):
        assert told in page, told
    part = words(busy.browser().get(NETWORK, headers={"HX-Request": "true"}))
    assert "tiles" in part
    assert "<html" not in part
    assert "On line by compound" in words(busy.browser(lang="en").get(NETWORK))


@pytest.mark.rule("SEC-10")
def test_another_hall_sees_none_of_it(busy: BoardRoom) -> None:
    stranger = busy.browser("0301", hall="guandi")
    for address in (NETWORK, f"{NETWORK}waiting", f"{NETWORK}sessions", f"{NETWORK}sessions?ended=1"):
        page = words(stranger.get(address))
        assert "dw0120" not in page, address
    assert busy.browser("0232").get(NETWORK).status_code == 403


@pytest.mark.rule("NET-04")
def test_sessions_are_listed_on_line_and_ended_and_filtered(busy: BoardRoom) -> None:
    manager = busy.browser()

    def listed(query: str) -> list[bool]:
        page = words(manager.get(f"{NETWORK}sessions?{query}"))
        return ['data-row="s' in page and account in page for account in ("dw0120501", "dw0120502")]

    assert listed("") == [True, False]
    assert listed("ended=1") == [False, True]
    assert listed("ended=1&cause=Lost-Carrier") == [False, True]
    assert listed("ended=1&cause=User-Request") == [False, False]
    assert listed("ended=1&day=2026-11-01") == [False, False]
    assert listed("ended=1&day=nonsense&after=nonsense") == [False, True]
    assert listed("compound=rq") == [False, False]
    assert listed("device=馨苑BRAS-1") == [True, False]
    assert "没有这样的会话" in words(manager.get(f"{NETWORK}sessions?account=zz9"))


@pytest.mark.rule("NET-03")
def test_what_waits_leads_to_its_line_with_age_and_reason(busy: BoardRoom) -> None:
    page = words(busy.browser().get(f"{NETWORK}waiting"))
    assert "共 1 条" in page
    assert "还没有试" in page
    assert "/line/dw0120601" in page


DEVICES = f"{NETWORK}devices"
GIVEN = {"name": "馨苑BRAS-1", "kind": "huawei", "address": "10.1.0.1", "coa_port": "3799", "place": "机房"}


def send(client: Any, where: str, **fields: str) -> Any:
    """A form about a device, which has an address of its own."""
    return client.post(where, {"intent": str(uuid4()), **fields})


def director(room: BoardRoom) -> Any:
    return room.browser("0101")


@pytest.mark.rule("LAW-03", "ORG-06")
def test_headquarters_adds_a_device_and_sees_its_secret_once(room: BoardRoom) -> None:
    boss, given = director(room), {**GIVEN, "intent": str(uuid4())}
    page = words(boss.post(f"{DEVICES}/new", given))
    secret = page.split('id="secret">')[1].split("<")[0]
    assert len(secret) >= 16
    assert secret not in words(boss.post(f"{DEVICES}/new", given)), "sent again it is the same device"
    (device,) = devices(scope=Scope.operator())
    for address in (DEVICES, f"{DEVICES}/{device.id}", NETWORK):
        assert secret not in words(boss.get(address))
    stored = fetch_all("select secret from access.nas")[0]["secret"]
    assert decrypt(bytes(stored), context="access.nas.secret") == secret
    assert secret.encode() not in bytes(stored)
    trail = fetch_all("select details::text from audit_auditentry where action = 'device.admitted'")
    assert secret not in str(trail)


@pytest.mark.rule("ORG-06")
def test_managers_look_at_devices_and_change_none(room: BoardRoom) -> None:
    device = net.device(room.cast.now)
    manager = room.browser()
    assert "馨苑BRAS-1" in words(manager.get(DEVICES))
    assert f"{DEVICES}/{device}" not in words(manager.get(DEVICES))
    for address in (f"{DEVICES}/new", f"{DEVICES}/{device}", f"{DEVICES}/{device}/retirement"):
        assert send(manager, address, **GIVEN).status_code == 403


def test_a_device_is_changed_retired_and_taken_back(room: BoardRoom) -> None:
    boss = director(room)
    device = net.device(room.cast.now, failures=4, last_error="没有应答")
    here = f"{DEVICES}/{device}"
    assert "没有应答" in words(boss.get(DEVICES))
    before = fetch_all("select secret from access.nas")
    assert send(boss, here, **{**GIVEN, "name": "新名", "coa_port": "1700"}).status_code == 303
    assert fetch_all("select secret from access.nas") == before, "an empty secret leaves the one it has"
    assert "CoA 1700" in words(boss.get(DEVICES))
    assert send(boss, f"{here}/retirement").status_code == 303
    assert "已停用" in words(boss.get(DEVICES))
    assert send(boss, here, **GIVEN, secret="another-long-secret-1").status_code == 303
    assert "已停用" not in words(boss.get(DEVICES))
    assert fetch_all("select secret from access.nas") != before


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("name", ""),
        ("address", "nowhere"),
        ("coa_port", "0"),
        ("coa_port", "x"),
        ("secret", "short"),
        ("kind", "../etc"),
    ],
)
def test_a_device_that_cannot_be_is_refused_in_words(room: BoardRoom, field: str, typed: str) -> None:
    answer = send(director(room), f"{DEVICES}/new", **{**GIVEN, field: typed})
    assert answer.status_code == 400
    assert "接入设备的" in words(answer)


def test_two_devices_have_not_one_address(room: BoardRoom) -> None:
    net.device(room.cast.now)
    answer = send(director(room), f"{DEVICES}/new", **{**GIVEN, "name": "另一台"})
    assert answer.status_code == 409


def test_every_kind_that_the_network_speaks_has_a_word_on_the_form() -> None:
    assert set(KINDS) == set(kinds())
