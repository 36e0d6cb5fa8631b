"""Secrets are made and hashed as the network's servers expect, and kept from everybody else."""

import base64
import hashlib
import struct
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onehall.contexts.provisioning.contracts import BadSecret, SecretPolicy, Standing
from onehall.contexts.provisioning.rules import (
    check_secret,
    initial_secret,
    md4,
    next_attempt,
    nt_hash,
    pbkdf2,
    standing,
)
from onehall.foundation.values.period import CHINA

NOON = datetime(2026, 11, 21, 12, tzinfo=CHINA)
RANDOM = SecretPolicy(initial="", length=8, rounds=1000, keep_clear=False)


@pytest.mark.rule("LAW-03")
@pytest.mark.parametrize(
    ("message", "digest"),
    [
        (b"", "31d6cfe0d16ae931b73c59d7e0c089c0"),
        (b"a", "bde52cb31de33e46245e05fbdbd6fb24"),
        (b"abc", "a448017aaf21d8525fc10ae87aa6729d"),
        (b"message digest", "d9130a8164549fe818874806e1c7014b"),
        (b"abcdefghijklmnopqrstuvwxyz", "d79e1c308aa5bbcdeea8ed63df412da9"),
        (b"1234567890" * 8, "e33b4ddc9c38f2199c3e7b164fcc0536"),
    ],
)
def test_md4_gives_the_digests_of_rfc_1320(message: bytes, digest: str) -> None:
    assert md4(message).hex() == digest


@pytest.mark.rule("LAW-03")
def test_nt_hash_gives_the_well_known_value() -> None:
    assert nt_hash("password").hex() == "8846f7eaee8fb117ad06bdd830b7586c"


@pytest.mark.rule("LAW-03")
def test_pbkdf2_says_digest_rounds_salt_and_key() -> None:
    digest, rounds, salt, key = pbkdf2("a123456", salt=b"0123456789abcdef", rounds=1000).split(":")
    assert digest == "HMACSHA2+256"
    assert struct.unpack(">I", base64.b64decode(rounds)) == (1000,)
    assert base64.b64decode(salt) == b"0123456789abcdef"
    assert base64.b64decode(key) == hashlib.pbkdf2_hmac("sha256", b"a123456", b"0123456789abcdef", 1000)


@pytest.mark.rule("ADR-04")
def test_the_profiles_fixed_password_is_given_to_everybody() -> None:
    fixed = SecretPolicy(initial="a123456", length=8, rounds=1000, keep_clear=False)
    assert initial_secret(policy=fixed, random=b"") == "a123456"


@pytest.mark.rule("ADR-04", "ADR-02")
@given(st.binary(min_size=8, max_size=8))
def test_random_passwords_are_typed_without_doubt(random: bytes) -> None:
    secret = initial_secret(policy=RANDOM, random=random)
    assert check_secret(secret) == secret and len(secret) == 8
    assert not set(secret) & set("il1o0")


@pytest.mark.rule("ADR-04")
def test_too_little_randomness_makes_no_password() -> None:
    with pytest.raises(ValueError, match="randomness"):
        initial_secret(policy=RANDOM, random=b"1234567")


@pytest.mark.rule("ADR-02")
@pytest.mark.parametrize("secret", ["A123456", "", "a 12345", "密码123456"])
def test_passwords_are_small_letters_and_digits(secret: str) -> None:
    with pytest.raises(BadSecret):
        check_secret(secret)


@pytest.mark.rule("NET-01")
def test_access_runs_from_the_start_up_to_the_second_of_expiry() -> None:
    def seen(seconds: int, withdrawn: bool = False) -> Standing:
        return standing(
            withdrawn=withdrawn, valid_from=NOON, valid_until=NOON + timedelta(seconds=10),
            at=NOON + timedelta(seconds=seconds),
        )  # fmt: skip

    assert [seen(-1), seen(0), seen(9), seen(10)] == [
        Standing.WAITING, Standing.ACTIVE, Standing.ACTIVE, Standing.EXPIRED,
    ]  # fmt: skip
    assert seen(5, withdrawn=True) == Standing.WITHDRAWN


@pytest.mark.rule("NET-03")
def test_the_wait_doubles_up_to_the_longest() -> None:
    waits = [
        (next_attempt(attempts=n, first_seconds=5, longest_seconds=60, at=NOON) - NOON).seconds
        for n in range(1, 7)
    ]
    assert waits == [5, 10, 20, 40, 60, 60]
    assert next_attempt(attempts=10_000, first_seconds=5, longest_seconds=60, at=NOON) == NOON + timedelta(
        seconds=60
    )
