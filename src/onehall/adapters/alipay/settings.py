"""The merchant's folder: `alipay.toml` beside the merchant's private key and Alipay's public key, both PEM.

Written by the administrator, readable by the service alone; nothing of it is in the database, a log or an address.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key


class BadSettings(ValueError):
    """A file of the folder is missing, or is not what it should be."""


@dataclass(frozen=True)
class Merchant:
    """Who we are to Alipay, where its gateway is, and where it tells us what happened."""

    url: str
    app_id: str
    seller_id: str
    notify_url: str
    private_key: RSAPrivateKey
    provider_key: RSAPublicKey


def read(folder: Path) -> Merchant | None:
    """The settings, None where Alipay is not connected. Raises BadSettings."""
    file = folder / "alipay.toml"
    if not file.is_file():
        return None
    try:
        told = tomllib.loads(file.read_text())
        private = load_pem_private_key((folder / told.pop("private_key")).read_bytes(), None)
        public = load_pem_public_key((folder / told.pop("provider_key")).read_bytes())
        texts = {field: str(told[field]) for field in ("url", "app_id", "seller_id", "notify_url")}
    except (OSError, ValueError, KeyError) as why:
        raise BadSettings(f"{file}: {why!r}") from why
    if not isinstance(private, RSAPrivateKey) or not isinstance(public, RSAPublicKey):
        raise BadSettings(f"{file}: the keys are RSA")
    return Merchant(**texts, private_key=private, provider_key=public)
