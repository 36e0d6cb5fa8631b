"""AES-256-GCM with the key's id in front, and keyed hashes (HMAC-SHA-256) to find what is encrypted."""

import hashlib
import hmac
import os
from collections.abc import Callable, Iterable
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from onehall.foundation.vault.keyring import VaultError, ring

VERSION = 1
_NONCE_BYTES = 12
_HASH_BYTES = 16


def encrypt(value: str, *, context: str = "") -> bytes:
    """`value` under the newest key: version, length of the key id, key id, nonce, ciphertext with its tag.

    `context` (table.column) is authenticated, so a value moved to another column does not decrypt.
    """
    keys = ring()
    nonce = os.urandom(_NONCE_BYTES)
    sealed = _aead(keys.key(keys.newest)).encrypt(nonce, value.encode(), context.encode())
    return prefix(keys.newest) + nonce + sealed


def decrypt(token: bytes, *, context: str = "") -> str:
    """The clear value; raises VaultError when the key is missing, or the value was altered or belongs elsewhere."""
    key_id, body = _split(bytes(token))
    keys = ring()
    try:
        clear = _aead(keys.key(key_id)).decrypt(body[:_NONCE_BYTES], body[_NONCE_BYTES:], context.encode())
    except InvalidTag:
        raise VaultError(
            f"A value of {context or 'no column'} does not open with key {key_id!r}:"
            " it was altered or moved, or the key ring is another one's."
        ) from None
    return clear.decode()


def keyed_hash(value: str, purpose: str) -> bytes:
    """16 bytes that only the holder of the search key can compute; `purpose` keeps kinds of numbers apart."""
    return _hash(ring().search, value, purpose)


def sealer(context: str) -> Callable[[str], bytes]:
    """`encrypt` for many values of a column written at once: the key is looked up once."""
    keys = ring()
    seal, begins, associated = _aead(keys.key(keys.newest)).encrypt, prefix(keys.newest), context.encode()

    def sealed(value: str) -> bytes:
        nonce = os.urandom(_NONCE_BYTES)
        return begins + nonce + seal(nonce, value.encode(), associated)

    return sealed


def hasher(purpose: str) -> Callable[[str], bytes]:
    """`keyed_hash` for many values written at once: the key is looked up once."""
    key = ring().search
    return lambda value: _hash(key, value, purpose)


def all_hashed(values: Iterable[str], purpose: str) -> dict[bytes, str]:
    """`keyed_hashes` of many values, each with the value that it finds."""
    keys = list(ring().searches.values())
    return {_hash(key, value, purpose): value for value in values for key in keys}


def keyed_hashes(value: str, purpose: str) -> list[bytes]:
    """To find by: under every search key, the one in use first. There are two only while a rotation is under way."""
    return [_hash(key, value, purpose) for key in reversed(list(ring().searches.values()))]


def _hash(key: bytes, value: str, purpose: str) -> bytes:
    keyed = _keyed(key, purpose).copy()
    keyed.update(value.encode())
    return keyed.digest()[:_HASH_BYTES]


@lru_cache(maxsize=64)
def _keyed(key: bytes, purpose: str) -> hmac.HMAC:
    """Begun once: to begin costs more than a telephone number does."""
    return hmac.new(key, f"{purpose}\0".encode(), hashlib.sha256)


def prefix(key_id: str) -> bytes:
    """What every value encrypted under this key begins with."""
    name = key_id.encode()
    return bytes([VERSION, len(name)]) + name


@lru_cache(maxsize=16)
def _aead(key: bytes) -> AESGCM:
    return AESGCM(key)


def _split(token: bytes) -> tuple[str, bytes]:
    if len(token) < 2 or token[0] != VERSION or len(token) < 2 + token[1] + _NONCE_BYTES:
        raise VaultError("This value was not written by the vault.")
    end = 2 + token[1]
    return token[2:end].decode(errors="replace"), token[end:]
