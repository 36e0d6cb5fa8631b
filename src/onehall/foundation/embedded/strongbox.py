"""The keys in a backup: sealed under a passphrase (scrypt, AES-256-GCM), or not there at all (decision 0021)."""

import json
import os
from collections.abc import Mapping
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from onehall.foundation.embedded.backup_problems import WrongPassphrase
from onehall.foundation.embedded.cluster import write_privately

NAME = "keys.sealed"
_SALT, _NONCE = 16, 12
_COST = 2**15  # about a tenth of a second and 32 MB


def seal(file: Path, contents: Mapping[str, str], passphrase: str) -> None:
    """Writes the texts by name, readable with the passphrase alone."""
    salt, nonce = os.urandom(_SALT), os.urandom(_NONCE)
    sealed = AESGCM(_key(passphrase, salt)).encrypt(nonce, json.dumps(dict(contents)).encode(), NAME.encode())
    write_privately(file, (salt + nonce + sealed).hex())


def unseal(file: Path, passphrase: str) -> dict[str, str]:
    """The texts by name. Raises WrongPassphrase, for a damaged file too."""
    try:
        whole = bytes.fromhex(file.read_text())
        salt, nonce, sealed = whole[:_SALT], whole[_SALT : _SALT + _NONCE], whole[_SALT + _NONCE :]
        clear = AESGCM(_key(passphrase, salt)).decrypt(nonce, sealed, NAME.encode())
    except (InvalidTag, ValueError, OSError):
        raise WrongPassphrase() from None
    opened: dict[str, str] = json.loads(clear)
    return opened


def _key(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=32, n=_COST, r=8, p=1).derive(passphrase.encode())
