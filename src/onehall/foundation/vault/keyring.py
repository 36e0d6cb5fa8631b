"""The key ring: a TOML file that only its owner may read, beside the database and never inside it."""

import base64
import binascii
import hashlib
import os
import secrets
import stat
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings

DETERMINISTIC = "deterministic"
"""The value of `ONEHALL_KEYS` that gives tests and benchmarks the same keys each time; never for real data."""

_KEY_BYTES = 32


class VaultError(RuntimeError):
    """Keys are missing, damaged or readable by others. Said to whoever runs the server, so it is one plain sentence."""

    log_safe = True


@dataclass(frozen=True, slots=True, repr=False)
class KeyRing:
    """`newest` names the key that encrypts; `search` is the key of `keyed_hash` and stays when others rotate."""

    encryption: Mapping[str, bytes]
    newest: str
    search: bytes

    def key(self, key_id: str) -> bytes:
        """The key of this id; a sentence naming the id where the ring lacks it."""
        found = self.encryption.get(key_id)
        if found is None:
            raise VaultError(
                f"The key ring lacks key {key_id!r}: restore the key file that was in use when this was written."
            )
        return found


def location() -> str:
    """Where the ring is: `ONEHALL_KEYS`, else `keys.toml` in the data directory."""
    return os.environ.get("ONEHALL_KEYS") or os.path.join(settings.HOME, "keys.toml")


def ensure(path: Path | str | None = None, *, created: date | None = None) -> Path:
    """Creates the ring with fresh keys where there is none; an existing one is left as it is."""
    target = Path(path or location())
    if target.exists():
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    _write_new(target, _entry("k1", secrets.token_bytes(_KEY_BYTES), created) + _search_entry())
    return target


def rotate(path: Path | str | None = None, *, created: date | None = None) -> str:
    """Adds a key, which encrypts from now on, and returns its id; older keys stay, so old rows stay readable.

    Running servers take it up at their next start and read its rows at once. Then call `reencrypt` per field.
    """
    target = Path(path or location())
    known = read(target)
    key_id = f"k{len(known.encryption) + 1}"
    older, search = target.read_text().split("[search]", 1)
    renewed = target.with_suffix(".new")
    renewed.unlink(missing_ok=True)
    _write_new(
        renewed, older + _entry(key_id, secrets.token_bytes(_KEY_BYTES), created) + "[search]" + search
    )
    renewed.replace(target)
    return key_id


def read(path: Path | str) -> KeyRing:
    """The ring of a file; refuses a file that others may read, and one that is damaged."""
    source = Path(path)
    try:
        mode = source.stat().st_mode
        content = tomllib.loads(source.read_text())
        keys = {entry["id"]: _key_bytes(entry["key"]) for entry in content["encryption"]}
        found = KeyRing(
            keys, newest=content["encryption"][-1]["id"], search=_key_bytes(content["search"]["key"])
        )
    except FileNotFoundError:
        raise VaultError(
            f"There is no key ring at {source}: create one with `onehall doctor`, or set ONEHALL_KEYS."
        ) from None
    except (tomllib.TOMLDecodeError, KeyError, IndexError, TypeError, binascii.Error) as fault:
        raise VaultError(
            f"The key ring at {source} is damaged ({type(fault).__name__}): restore it from its copy."
        ) from None
    if os.name == "posix" and stat.S_IMODE(mode) & 0o077:
        raise VaultError(f"The key ring at {source} can be read by others: chmod 600 it.")
    return found


_loaded: dict[str, KeyRing] = {}


def ring(*, again: bool = False) -> KeyRing:
    """The ring in use, read once per process; `again` looks whether the file has gained a key."""
    where = location()
    if again or where not in _loaded:
        _loaded[where] = _deterministic() if where == DETERMINISTIC else read(where)
    return _loaded[where]


def _deterministic() -> KeyRing:
    return KeyRing(
        {"test": hashlib.sha256(b"onehall test encryption").digest()},
        newest="test",
        search=hashlib.sha256(b"onehall test search").digest(),
    )


def _key_bytes(text: str) -> bytes:
    key = base64.b64decode(text, validate=True)
    if len(key) != _KEY_BYTES:
        raise binascii.Error("wrong length")
    return key


def _entry(key_id: str, key: bytes, created: date | None) -> str:
    day = created.isoformat() if created else ""
    return f'[[encryption]]\nid = "{key_id}"\nkey = "{base64.b64encode(key).decode()}"\ncreated = "{day}"\n\n'


def _search_entry() -> str:
    return f'[search]\nkey = "{base64.b64encode(secrets.token_bytes(_KEY_BYTES)).decode()}"\n'


def _write_new(target: Path, text: str) -> None:
    """Never readable by others, not even for an instant."""
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
