"""A provider's folder: `wechat.toml` beside the merchant's private key and the provider's public key, both PEM.

Written by the administrator, readable by the service alone; nothing of it is in the database, a log or an address.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key

_KEY_BYTES = 32  # structural: AES-256


class BadSettings(ValueError):
    """A file of the folder is missing, or is not what it should be."""


@dataclass(frozen=True)
class Merchant:
    """Who we are to the provider, where it is, and where it tells us what happened."""

    url: str
    mchid: str
    appid: str
    serial: str
    provider_serial: str
    api_key: bytes
    notify_url: str
    private_key: RSAPrivateKey
    provider_key: RSAPublicKey


def read(folder: Path, name: str) -> Merchant | None:
    """The settings of a provider, None where it is not connected. Raises BadSettings."""
    file = folder / f"{name}.toml"
    if not file.is_file():
        return None
    try:
        told = tomllib.loads(file.read_text())
        private = load_pem_private_key((folder / told.pop("private_key")).read_bytes(), None)
        public = load_pem_public_key((folder / told.pop("provider_key")).read_bytes())
        key = told.pop("api_key").encode()
        texts = {
            field: str(told[field])
            for field in ("url", "mchid", "appid", "serial", "provider_serial", "notify_url")
        }
    except (OSError, ValueError, KeyError) as why:
        raise BadSettings(f"{file}: {why!r}") from why
    if (
        not isinstance(private, RSAPrivateKey)
        or not isinstance(public, RSAPublicKey)
        or len(key) != _KEY_BYTES
    ):
        raise BadSettings(f"{file}: the keys are RSA, api_key has 32 characters")
    return Merchant(**texts, api_key=key, private_key=private, provider_key=public)
