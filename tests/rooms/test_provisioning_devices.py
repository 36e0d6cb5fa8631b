"""Access devices: who is spoken to, and secrets that nobody reads."""

import pytest
from django.db import connection

from onehall.contexts.provisioning.api import (
    BadDevice,
    DeviceDraft,
    DeviceState,
    DeviceTaken,
    DeviceUnknown,
    admit_device,
    change_device,
    device,
    devices,
    retire_device,
    server_clients,
)
from onehall.foundation.database import fetch_one
from tests.rooms.homes import ALL
from tests.rooms.till import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.rule("NET-01")]
SECRET = 'k7!"$x{q}%u${confdir}#9_Lm'
BRAS = DeviceDraft("馨苑机房 BRAS", "huawei", " 10.0.0.1 ", 3799, "馨苑 3 栋机房", SECRET)


@pytest.mark.rule("LAW-03")
def test_a_device_is_known_with_its_secret_sealed() -> None:
    admitted = admit_device(draft=BRAS, at=NOON)
    row = fetch_one("select secret::text as sealed from access.nas")
    assert row is not None and SECRET.encode().hex() not in row["sealed"]
    assert devices(scope=ALL) == (
        DeviceState(admitted.device_id, "馨苑机房 BRAS", "huawei", "10.0.0.1", 3799, "馨苑 3 栋机房", True, None, 0, None, ""),
    )  # fmt: skip
    assert [(one.address, one.secret) for one in server_clients(scope=ALL)] == [("10.0.0.1", SECRET)]
    assert SECRET not in repr((admitted, BRAS, server_clients(scope=ALL)))


def test_a_secret_is_made_where_none_is_brought() -> None:
    made = admit_device(draft=DeviceDraft("a", "generic", "10.0.0.2", 3799), at=NOON).secret
    assert len(made) == 32 and made == server_clients(scope=ALL)[0].secret


def test_a_change_keeps_the_secret_unless_it_brings_one() -> None:
    admitted = admit_device(draft=BRAS, at=NOON)
    change_device(device_id=admitted.device_id, draft=DeviceDraft("b", "zte", "2001:DB8::1", 1700), at=NOON)
    kept = server_clients(scope=ALL)[0]
    assert (kept.name, kept.kind, kept.address, kept.secret) == ("b", "zte", "2001:db8::1", SECRET)
    change_device(
        device_id=admitted.device_id,
        draft=DeviceDraft("b", "zte", "10.0.0.1", 1700, secret="n" * 16),
        at=NOON,
    )
    assert server_clients(scope=ALL)[0].secret == "n" * 16


def test_a_retired_device_is_spoken_to_no_more_until_it_is_changed() -> None:
    admitted = admit_device(draft=BRAS, at=NOON)
    retire_device(device_id=admitted.device_id, at=NOON)
    assert server_clients(scope=ALL) == ()
    assert not device(device_id=admitted.device_id, scope=ALL).active
    change_device(device_id=admitted.device_id, draft=BRAS, at=NOON)
    assert server_clients(scope=ALL)[0].secret == SECRET


def test_a_secret_that_does_not_open_keeps_nothing_from_the_others() -> None:
    lost = admit_device(draft=BRAS, at=NOON)
    admit_device(draft=DeviceDraft("另一台", "zte", "10.0.0.2", 3799, "", SECRET), at=NOON)
    with connection.cursor() as cursor:
        cursor.execute("update access.nas set secret = 'altered' where id = %s", [lost.device_id])
    assert [client.address for client in server_clients(scope=ALL)] == ["10.0.0.2"]


@pytest.mark.parametrize(("name", "address"), [("馨苑机房 BRAS", "10.0.0.9"), ("另一台", "10.0.0.1")])
def test_names_and_addresses_are_one_devices_own(name: str, address: str) -> None:
    admit_device(draft=BRAS, at=NOON)
    with pytest.raises(DeviceTaken):
        admit_device(draft=DeviceDraft(name, "generic", address, 3799), at=NOON)


@pytest.mark.parametrize(
    ("field", "draft"),
    [
        ("name", DeviceDraft("  ", "generic", "10.0.0.1", 3799)),
        ("name", DeviceDraft("a\nclient x {", "generic", "10.0.0.1", 3799)),
        ("kind", DeviceDraft("a", "Huawei BRAS", "10.0.0.1", 3799)),
        ("address", DeviceDraft("a", "generic", "bras.example", 3799)),
        ("address", DeviceDraft("a", "generic", "0.0.0.0", 3799)),
        ("coa_port", DeviceDraft("a", "generic", "10.0.0.1", 0)),
        ("secret", DeviceDraft("a", "generic", "10.0.0.1", 3799, secret="short")),
        ("secret", DeviceDraft("a", "generic", "10.0.0.1", 3799, secret="' } client all { #")),
        ("secret", DeviceDraft("a", "generic", "10.0.0.1", 3799, secret="it-ends-with-this\\")),
        ("secret", DeviceDraft("a", "generic", "10.0.0.1", 3799, secret="with a space in it")),
        ("secret", DeviceDraft("a", "generic", "10.0.0.1", 3799, secret="a-quote-'-in-the-middle")),
    ],
)
def test_what_cannot_be_is_named(field: str, draft: DeviceDraft) -> None:
    with pytest.raises(BadDevice) as refused:
        admit_device(draft=draft, at=NOON)
    assert refused.value.field == field


def test_a_device_that_does_not_exist_cannot_be_changed() -> None:
    for act in (
        lambda: retire_device(device_id=7, at=NOON),
        lambda: change_device(device_id=7, draft=BRAS, at=NOON),
    ):
        with pytest.raises(DeviceUnknown):
            act()
