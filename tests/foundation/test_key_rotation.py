"""Keys change while the hall works: nothing becomes unreadable, nobody becomes unfindable, whenever it is cut short (SEC-07)."""

from pathlib import Path

import pytest

from onehall.contexts.customers import api as customers
from onehall.contexts.provisioning import api as provisioning
from onehall.contexts.registers import api as registers
from onehall.entrances.console import backups
from onehall.foundation import vault
from onehall.foundation.database import fetch_all, fetch_one, transaction
from onehall.foundation.scopes import Scope
from onehall.foundation.vault import keyring
from onehall.runs import renew_encryption as renewal
from tests.cast import Cast, mobile, resident_id, wang

pytestmark = pytest.mark.rule("SEC-07")


@pytest.fixture
def ring_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "keys.toml"
    monkeypatch.setenv("ONEHALL_KEYS", str(path))
    return vault.ensure(path)


class Killed(Exception):
    """The power goes."""


def by_document(number: str) -> int | None:
    card = customers.card_of_document(customers.DocumentKind.RESIDENT_ID, number, scope=Scope.operator())
    return card.id if card else None


@pytest.mark.parametrize("cut_after", [0, 1, 2, 3])
def test_a_search_key_changes_and_every_customer_is_found_at_every_moment(
    cut_after: int, ring_file: Path, real_cast: Cast
) -> None:
    clerk = real_cast.clerk()
    numbers = {}
    for _ in range(3):
        number = resident_id()
        numbers[number] = real_cast.registered(clerk, wang(document=number)).id

    def everybody() -> bool:
        return {number: by_document(number) for number in numbers} == numbers

    assert vault.rotate(ring_file, search=True) == "s2"
    assert everybody()
    batches = 0

    def power(what: str, count: int) -> None:
        nonlocal batches
        batches += 1
        if batches > cut_after:
            raise Killed

    with pytest.raises(Killed):
        renewal.rehash_all(batch=1, told=power)
    assert everybody()
    newcomer = resident_id()
    numbers[newcomer] = real_cast.registered(clerk, wang(document=newcomer)).id
    with pytest.raises(customers.AlreadyRegistered):
        real_cast.registered(clerk, wang(document=next(iter(numbers))))
    renewal.rehash_all(batch=2)
    assert renewal.rehash_all().renewed == 0
    keyring.retire(ring_file, "s1")
    assert everybody()
    with pytest.raises(customers.AlreadyRegistered):
        real_cast.registered(clerk, wang(document=next(iter(numbers))))


def test_a_telephone_is_found_before_during_and_after(ring_file: Path, real_cast: Cast) -> None:
    phone = mobile()
    hashes = vault.keyed_hashes(phone, "phone")
    real_cast.registered(real_cast.clerk(), wang(phone=phone))

    def seen() -> int:
        row = fetch_one(
            "select count(*) as n from customers_contact where phone_hash = any(%(h)s)",
            {"h": vault.keyed_hashes(phone, "phone")},
        )
        return int(row["n"]) if row else 0

    assert seen() == 1
    vault.rotate(ring_file, search=True)
    assert seen() == 1
    assert vault.keyed_hashes(phone, "phone")[1:] == hashes
    renewal.rehash_all()
    keyring.retire(ring_file, "s1")
    assert seen() == 1


def test_a_kept_row_of_a_register_is_found_by_its_serial_after_the_old_key_is_gone(
    ring_file: Path, real_cast: Cast
) -> None:
    serial, clerk = "dw20250301001", real_cast.clerk()
    kept = registers.RowKept(
        row=2, day=None, key="68699123", texts={"用户号码": "68699123", "流水号": serial}, serial=serial, party_id=None,
        party_is_new=False, subscription_id=None,
    )  # fmt: skip
    with transaction():
        made = registers.record_import(
            form="fixed-line",
            file_name="固话.xlsx",
            digest=b"d" * 32,
            by=clerk,
            at=real_cast.now,
        )
        registers.keep_rows(import_id=made.id, rows=[kept])

    def found() -> frozenset[str]:
        return registers.taken_serials(serials=[serial, "dw20250301002"], scope=Scope.operator())

    assert found() == {serial}
    vault.rotate(ring_file, search=True)
    assert found() == {serial}
    assert renewal.rehash_all(batch=1).renewed >= 1
    assert renewal.rehash_all().renewed == 0
    keyring.retire(ring_file, "s1")
    assert found() == {serial}


def test_papers_and_signatures_written_once_are_encrypted_anew_and_still_refuse_every_change(
    ring_file: Path, real_cast: Cast
) -> None:
    real_cast.new_line(real_cast.clerk())
    before = fetch_all("select id, content, content_sha256 from documents_document order by id")
    assert before
    vault.rotate(ring_file)
    told: list[int] = []

    def power(what: str, count: int) -> None:
        told.append(count)
        if len(told) == 2:
            raise Killed

    with pytest.raises(Killed):
        renewal.reencrypt_all(batch=1, told=power)
    assert renewal.values_under("k1")
    assert set(backups._needed(vault.ring())) == {"k1", "k2", "s1"}
    renewal.reencrypt_all(batch=2)
    assert renewal.values_under("k1") == {}
    assert set(backups._needed(vault.ring())) == {"k2", "s1"}, "a new backup would keep the old key for ever"
    keyring.retire(ring_file, "k1")
    after = fetch_all("select id, content, content_sha256 from documents_document order by id")
    assert [row["content_sha256"] for row in before] == [row["content_sha256"] for row in after]
    assert not {bytes(row["content"]) for row in before} & {bytes(row["content"]) for row in after}
    for new in after:
        assert vault.decrypt(bytes(new["content"]), context="documents_document.content")
    with pytest.raises(Exception, match="Cannot update or delete"):
        fetch_all("update documents_document set serial = 'forged' returning id")


def test_what_devices_and_chap_need_in_clear_is_encrypted_anew_too(ring_file: Path, real_cast: Cast) -> None:
    everywhere = Scope.operator()
    clerk = real_cast.clerk()
    real_cast.new_line(clerk)
    draft = provisioning.DeviceDraft("馨苑 BRAS", "huawei", "10.1.1.1", 3799, secret="a-secret-of-16-chars")
    with transaction():
        provisioning.admit_device(draft=draft, at=real_cast.now)
        account = fetch_all("select account from access.broadband")[0]["account"]
        policy = provisioning.SecretPolicy("", 8, 1000, keep_clear=True)
        secret = provisioning.reset_secret(account=account, policy=policy, by=clerk, at=real_cast.now)
    vault.rotate(ring_file)
    assert {"AccessDevice.secret", "BroadbandAccess.clear_secret"} <= set(renewal.values_under("k1"))
    renewal.reencrypt_all(batch=1)
    assert renewal.values_under("k1") == {}
    keyring.retire(ring_file, "k1")
    assert [client.secret for client in provisioning.server_clients(scope=everywhere)] == [
        "a-secret-of-16-chars"
    ]
    assert provisioning.clear_secrets(scope=everywhere) == {account: secret}


def test_a_retired_keys_name_is_never_given_again_and_the_key_in_use_stays(ring_file: Path) -> None:
    vault.rotate(ring_file)
    keyring.retire(ring_file, "k1")
    assert vault.rotate(ring_file) == "k3"
    with pytest.raises(vault.VaultError, match="in use"):
        keyring.retire(ring_file, "k3")
    assert list(vault.ring().encryption) == ["k2", "k3"]


def test_a_ring_from_before_search_keys_rotated_still_reads(ring_file: Path, tmp_path: Path) -> None:
    hashed = vault.keyed_hash("6021", "phone.last4")
    old = ring_file.read_text().replace('[[search]]\nid = "s1"\n', "[search]\n")
    ring_file.write_text(old)
    assert list(vault.ring().searches) == ["s1"]
    assert vault.keyed_hash("6021", "phone.last4") == hashed
    assert vault.rotate(ring_file, search=True) == "s2"


def test_a_ring_that_breaks_while_the_hall_works_stays_in_use(ring_file: Path) -> None:
    token = vault.encrypt("王建国")
    ring_file.write_text("damaged")
    assert vault.decrypt(token) == "王建国"
    ring_file.unlink()
    assert vault.decrypt(token) == "王建国"
