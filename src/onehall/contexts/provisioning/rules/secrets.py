"""Secrets of an account and its standing, and when a command is tried again."""

import base64
import hashlib
import hmac
import re
import struct
from datetime import datetime, timedelta

from onehall.contexts.provisioning.contracts import BadSecret, SecretPolicy, Standing
from onehall.contexts.provisioning.policies import (
    HASH_ROUNDS,
    INITIAL_SECRET,
    KEEP_CLEAR_SECRET,
    SECRET_LENGTH,
)
from onehall.contexts.provisioning.rules.refusals import SecretTooEasy
from onehall.foundation.policy import PolicyBook
from onehall.foundation.values.period import Period

_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # without i l o 0 1, which slips print alike
_WORD = 0xFFFFFFFF  # structural: RFC 1320 reckons in 32 bits


def secret_policy(book: PolicyBook) -> SecretPolicy:
    """The book's rules for passwords in one value."""
    return SecretPolicy(book[INITIAL_SECRET], book[SECRET_LENGTH], book[HASH_ROUNDS], book[KEEP_CLEAR_SECRET])


def initial_secret(*, policy: SecretPolicy, random: bytes) -> str:
    """ADR-04: the profile's fixed password, or one made of `random`, a byte for each character."""
    if policy.initial:
        return check_secret(policy.initial)
    if len(random) < policy.length:
        raise ValueError("not enough randomness for a password")
    return "".join(_ALPHABET[byte * len(_ALPHABET) >> 8] for byte in random[: policy.length])


def check_secret(secret: str) -> str:
    """The secret itself if devices accept it: lower-case letters and digits (ADR-02); else BadSecret."""
    if not re.fullmatch(r"[a-z0-9]+", secret):
        raise BadSecret(field="secret")
    return secret


def check_own_secret(secret: str, *, account: str, initial: str, least: int) -> str:
    """A password that a customer chose: what devices accept, long enough, neither the first one nor the account (LAW-03)."""
    check_secret(secret)
    if len(secret) < least:
        raise SecretTooEasy(
            field="new", why=f"至少 {least} 位", why_en=f"at least {least} characters are needed"
        )
    if secret in (initial, account) or account in secret:
        raise SecretTooEasy(
            field="new", why="与初始密码或账号相同", why_en="it repeats the first password or the account"
        )
    if len(set(secret)) <= 2:
        raise SecretTooEasy(field="new", why="太简单", why_en="it is too simple")
    return secret


def nt_hash(secret: str) -> bytes:
    """The hash that MS-CHAP needs: MD4 over UTF-16LE (RFC 2759 section 8.3)."""
    return md4(secret.encode("utf-16-le"))


# structural: blocks of 64 bytes, the last 8 hold the length in bits; the registers' first values (RFC 1320 section 3)
def md4(message: bytes) -> bytes:
    """RFC 1320. OpenSSL 3 does not offer it by default; used for NT hashes only, never to protect anything."""
    padded = message + b"\x80" + b"\0" * ((55 - len(message)) % 64) + struct.pack("<Q", 8 * len(message))
    state: tuple[int, ...] = (0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476)
    for offset in range(0, len(padded), 64):
        state = _md4_block(state, struct.unpack("<16I", padded[offset : offset + 64]))
    return struct.pack("<4I", *state)


# structural: constants, shifts and word order of the three rounds (RFC 1320 section 3.4)
_ROUNDS = (
    (0x00000000, (3, 7, 11, 19), tuple(range(16))),
    (0x5A827999, (3, 5, 9, 13), (0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15)),
    (0x6ED9EBA1, (3, 9, 11, 15), (0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15)),
)


# structural: words of 32 bits (RFC 1320)
def _md4_block(state: tuple[int, ...], words: tuple[int, ...]) -> tuple[int, ...]:
    a, b, c, d = state
    for number, (constant, shifts, order) in enumerate(_ROUNDS):
        for step, index in enumerate(order):
            mixed = (b & c | ~b & d, b & c | b & d | c & d, b ^ c ^ d)[number]
            total = (a + mixed + words[index] + constant) & _WORD
            shift = shifts[step % 4]
            a, b, c, d = d, (total << shift | total >> (32 - shift)) & _WORD, b, c
    return tuple((old + new) & _WORD for old, new in zip(state, (a, b, c, d), strict=True))


def pbkdf2(secret: str, *, salt: bytes, rounds: int) -> str:
    """The hash for PAP as FreeRADIUS's `PBKDF2-Password` reads it: digest, rounds, salt and key, in base64."""
    key = hashlib.pbkdf2_hmac("sha256", secret.encode(), salt, rounds)
    parts = (base64.b64encode(part).decode() for part in (struct.pack(">I", rounds), salt, key))
    return ":".join(("HMACSHA2+256", *parts))


def secret_matches(secret: str, stored: str) -> bool:
    """Whether `secret` is what `pbkdf2` made `stored` of; takes as long whichever sign differs (LAW-03)."""
    _, rounds, salt, key = stored.split(":")
    (times,) = struct.unpack(">I", base64.b64decode(rounds))
    made = hashlib.pbkdf2_hmac("sha256", secret.encode(), base64.b64decode(salt), times)
    return hmac.compare_digest(made, base64.b64decode(key))


def standing(
    *, withdrawn: bool, valid_from: datetime, valid_until: datetime, pause: Period | None = None, at: datetime
) -> Standing:
    """NET-01: accepted from `valid_from` up to, not including, `valid_until`, except while it is suspended (CHG-03)."""
    if withdrawn:
        return Standing.WITHDRAWN
    if at < valid_from:
        return Standing.WAITING
    if pause is not None and at in pause and at < valid_until:
        return Standing.PAUSED
    return Standing.ACTIVE if at < valid_until else Standing.EXPIRED


# structural: thirty doublings exceed every longest wait, the power stays finite
def next_attempt(*, attempts: int, first_seconds: int, longest_seconds: int, at: datetime) -> datetime:
    """NET-03: the wait doubles with each failure up to the longest. `attempts` counts those made so far, from 1."""
    return at + timedelta(
        seconds=min(longest_seconds, first_seconds * 2 ** min(attempts - 1, 30))
    )  # structural: keeps the power finite
