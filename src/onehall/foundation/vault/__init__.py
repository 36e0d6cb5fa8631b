"""Personal data at rest (SEC-07): encrypted fields, keyed hashes to search by, and the keys to both.

Keys live in a file outside the database (`ONEHALL_KEYS`); the newest encrypts, all decrypt.
"""

from onehall.foundation.vault.cipher import decrypt, encrypt, keyed_hash
from onehall.foundation.vault.fields import EncryptedField
from onehall.foundation.vault.keyring import KeyRing, VaultError, ensure, read, ring, rotate
from onehall.foundation.vault.reencryption import outdated, reencrypt

__all__ = [
    "EncryptedField",
    "KeyRing",
    "VaultError",
    "decrypt",
    "encrypt",
    "ensure",
    "keyed_hash",
    "outdated",
    "read",
    "reencrypt",
    "ring",
    "rotate",
]
