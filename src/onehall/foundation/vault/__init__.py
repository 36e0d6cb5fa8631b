"""Personal data at rest (SEC-07): encrypted fields, keyed hashes to search by, and the keys to both.

Keys live in a file outside the database (`ONEHALL_KEYS`); the newest encrypts, all decrypt,
and while the search key changes both find.
"""

from onehall.foundation.vault.cipher import (
    all_hashed,
    decrypt,
    encrypt,
    hasher,
    keyed_hash,
    keyed_hashes,
    sealer,
)
from onehall.foundation.vault.fields import EncryptedField, SealedField
from onehall.foundation.vault.keyring import KeyRing, VaultError, ensure, read, retire, ring, rotate
from onehall.foundation.vault.reencryption import encrypted_fields, outdated, reencrypt, under

__all__ = [
    "EncryptedField",
    "KeyRing",
    "SealedField",
    "VaultError",
    "all_hashed",
    "decrypt",
    "encrypt",
    "encrypted_fields",
    "ensure",
    "hasher",
    "keyed_hash",
    "keyed_hashes",
    "outdated",
    "read",
    "reencrypt",
    "retire",
    "ring",
    "rotate",
    "sealer",
    "under",
]
