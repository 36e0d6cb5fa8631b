"""Personal data at rest: what the database holds tells nothing, and keys can change while the hall works."""

import stat
from pathlib import Path

import pytest
from django.core.exceptions import FieldError
from hypothesis import given
from hypothesis import strategies as st

from onehall.contexts.customers.models import Contact, IdentityDocument
from onehall.foundation import vault
from onehall.foundation.database import fetch_all
from onehall.foundation.vault import VaultError
from tests.rooms import reception


@pytest.fixture
def ring_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "keys" / "keys.toml"
    monkeypatch.setenv("ONEHALL_KEYS", str(path))
    return vault.ensure(path)


@pytest.mark.rule("SEC-07")
def test_the_ring_is_made_once_and_only_its_owner_reads_it(ring_file: Path) -> None:
    before = ring_file.read_text()
    assert stat.S_IMODE(ring_file.stat().st_mode) == 0o600
    assert vault.ensure(ring_file).read_text() == before
    assert list(vault.read(ring_file).encryption) == ["k1"]


@pytest.mark.rule("SEC-07")
@given(st.text())
def test_what_was_encrypted_comes_back_and_never_looks_the_same_twice(value: str) -> None:
    first, second = vault.encrypt(value, context="a.b"), vault.encrypt(value, context="a.b")
    assert first != second
    assert vault.decrypt(first, context="a.b") == value


@pytest.mark.rule("SEC-07")
def test_a_value_moved_to_another_column_or_altered_does_not_open(ring_file: Path) -> None:
    token = vault.encrypt("13812346021", context="customers_contact.phone")
    with pytest.raises(VaultError, match=r"customers_agent\.phone"):
        vault.decrypt(token, context="customers_agent.phone")
    with pytest.raises(VaultError, match="altered"):
        vault.decrypt(token[:-1] + bytes([token[-1] ^ 1]), context="customers_contact.phone")
    with pytest.raises(VaultError, match="not written by the vault"):
        vault.decrypt(b"13812346021", context="customers_contact.phone")


@pytest.mark.rule("SEC-07")
def test_after_a_rotation_old_values_open_and_new_ones_use_the_new_key(ring_file: Path) -> None:
    old = vault.encrypt("王建国")
    hashed = vault.keyed_hash("13812346021", "phone")
    assert vault.rotate(ring_file) == "k2"
    assert stat.S_IMODE(ring_file.stat().st_mode) == 0o600
    renewed = vault.ring()
    new = vault.encrypt("王建国")
    assert (renewed.newest, b"k2" in new[:6]) == ("k2", True)
    assert vault.decrypt(old) == vault.decrypt(new) == "王建国"
    assert vault.keyed_hash("13812346021", "phone") == hashed


def test_a_running_server_reads_what_another_wrote_under_a_new_key(
    ring_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert vault.ring().newest == "k1"
    other = tmp_path / "other.toml"
    vault.rotate(ring_file)
    other.write_text(ring_file.read_text())
    other.chmod(0o600)
    monkeypatch.setenv("ONEHALL_KEYS", str(other))
    token = vault.encrypt("written elsewhere")
    monkeypatch.setenv("ONEHALL_KEYS", str(ring_file))
    assert vault.decrypt(token) == "written elsewhere"


def test_missing_wrong_damaged_and_open_rings_say_so_in_a_sentence(
    ring_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = vault.encrypt("王建国")
    with pytest.raises(VaultError, match="no key ring at"):
        vault.read(tmp_path / "absent.toml")
    (broken := tmp_path / "broken.toml").write_text("[search]\nkey = 'AA'\n")
    with pytest.raises(VaultError, match="damaged"):
        vault.read(broken)
    ring_file.chmod(0o644)
    with pytest.raises(VaultError, match="can be read by others"):
        vault.read(ring_file)
    monkeypatch.setenv("ONEHALL_KEYS", str(vault.ensure(tmp_path / "stranger.toml")))
    with pytest.raises(VaultError, match="the key ring is another one's"):
        vault.decrypt(token)
    monkeypatch.setenv("ONEHALL_KEYS", "deterministic")
    with pytest.raises(VaultError, match="lacks key 'k1'"):
        vault.decrypt(token)


@pytest.mark.rule("SEC-07")
def test_hashes_differ_by_purpose_and_by_ring(ring_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = vault.keyed_hash("6021", "phone.last4")
    assert here != vault.keyed_hash("6021", "document.last4")
    monkeypatch.setenv("ONEHALL_KEYS", "deterministic")
    assert here != vault.keyed_hash("6021", "phone.last4")


@pytest.mark.rule("SEC-07")
@pytest.mark.django_db
def test_the_database_holds_neither_numbers_nor_telephones() -> None:
    clerk = reception.staff(reception.hall())
    reception.register(reception.wang(address="曲江池边大树下"), clerk)
    tables = ("identitydocument", "contact", "party", "agent")
    stored = "".join(str(fetch_all(f"select * from customers_{table}")) for table in tables)
    for secret in (reception.resident_id(), "13812346021", "曲江池"):
        assert secret not in stored
        assert secret.encode().hex() not in stored
    assert IdentityDocument.objects.get().number == reception.resident_id()


@pytest.mark.rule("SEC-07")
@pytest.mark.django_db
def test_an_encrypted_column_is_not_searched_by_value() -> None:
    with pytest.raises(FieldError, match="keyed hash"):
        Contact.objects.filter(phone="13812346021").exists()


@pytest.mark.rule("SEC-07")
@pytest.mark.django_db
def test_a_column_is_brought_under_the_newest_key_batch_by_batch(ring_file: Path) -> None:
    clerk = reception.staff(reception.hall())
    reception.register(reception.wang(phones=("13812346021", "13812346022", "02968699001")), clerk)
    before = [bytes(row["phone"]) for row in fetch_all("select phone from customers_contact order by id")]
    vault.rotate(ring_file)
    vault.ring()
    assert vault.outdated(Contact, "phone") == 3
    assert [vault.reencrypt(Contact, "phone", limit=2) for _ in range(3)] == [2, 1, 0]
    after = [bytes(row["phone"]) for row in fetch_all("select phone from customers_contact order by id")]
    assert not set(before) & set(after)
    assert vault.outdated(Contact, "phone") == 0
    assert set(Contact.objects.values_list("phone", flat=True)) == {
        "13812346021",
        "13812346022",
        "02968699001",
    }
