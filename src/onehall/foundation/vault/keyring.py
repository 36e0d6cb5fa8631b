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
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

DETERMINISTIC = "deterministic"
"""The value of `ONEHALL_KEYS` that gives tests and benchmarks the same keys each time; never for real data."""

_KEY_BYTES = 32


class VaultError(RuntimeError):
    """Keys are missing, damaged or readable by others. Said to whoever runs the server, so it is one plain sentence."""

    log_safe = True


@dataclass(frozen=True, slots=True, repr=False)
class KeyRing:
    """`newest` names the key that encrypts, `search` is the key that hashes from now on. Older ones still open values and
    still find customers until they are retired. `created` tells the day of each, where it was kept."""

    encryption: Mapping[str, bytes]
    searches: Mapping[str, bytes]
    created: Mapping[str, str]

    @property
    def newest(self) -> str:
        """The id of the key that encrypts."""
        return list(self.encryption)[-1]

    @property
    def search(self) -> bytes:
        """The key that hashes what is written now."""
        return list(self.searches.values())[-1]

    @property
    def fingerprints(self) -> dict[str, str]:
        """Of every key by its id: enough to tell whether a key file is the right one, useless otherwise."""
        keys = {**self.encryption, **self.searches}
        return {name: hashlib.sha256(b"onehall key" + key).hexdigest()[:16] for name, key in keys.items()}

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
    day = created.isoformat() if created else ""
    fresh = KeyRing({"k1": _fresh()}, {"s1": _fresh()}, {"k1": day, "s1": day})
    write_new(target, _text(fresh))
    return target


def rotate(path: Path | str | None = None, *, search: bool = False, created: date | None = None) -> str:
    """Adds a key, which encrypts (or with `search` hashes) from now on, and returns its id; older keys stay, so old
    rows stay readable and customers stay found. Running servers take it up at their next value.

    Then `reencrypt` each field, or hash the customers' numbers anew.
    """
    target = Path(path or location())
    known = read(target)
    keys = known.searches if search else known.encryption
    key_id = f"{'s' if search else 'k'}{1 + max(int(one[1:]) for one in keys)}"
    renewed = {**keys, key_id: _fresh()}
    days = {**known.created, key_id: created.isoformat() if created else ""}
    _replace(
        target,
        KeyRing(known.encryption if search else renewed, renewed if search else known.searches, days),
    )
    return key_id


def retire(path: Path | str | None, key_id: str) -> None:
    """Takes an old key out of the ring for good. The caller has made sure that nothing refers to it."""
    target = Path(path or location())
    known = read(target)
    if key_id in (known.newest, list(known.searches)[-1]):
        raise VaultError(f"Key {key_id!r} is in use: rotate first.")
    if key_id not in known.encryption and key_id not in known.searches:
        raise VaultError(f"There is no key {key_id!r} in the ring.")
    _replace(
        target,
        KeyRing(
            {name: key for name, key in known.encryption.items() if name != key_id},
            {name: key for name, key in known.searches.items() if name != key_id},
            known.created,
        ),
    )


def read(path: Path | str) -> KeyRing:
    """The ring of a file; refuses a file that others may read, and one that is damaged."""
    source = Path(path)
    try:
        mode = source.stat().st_mode
        found = _parsed(tomllib.loads(source.read_text()))
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


_loaded: dict[str, tuple[object, KeyRing]] = {}


def ring() -> KeyRing:
    """The ring in use, read again when its file was replaced. A file that vanished or broke meanwhile leaves the last
    good ring in use: the hall goes on, `onehall doctor` tells."""
    where = location()
    if where == DETERMINISTIC:
        return _deterministic()
    before = _loaded.get(where)
    try:
        facts = os.stat(where)
        seen = (facts.st_mtime_ns, facts.st_ino, facts.st_size)
        if before is None or before[0] != seen:
            _loaded[where] = (seen, read(where))
    except (OSError, VaultError):
        if before is None:
            _loaded[where] = (None, read(where))
    return _loaded[where][1]


@cache
def _deterministic() -> KeyRing:
    return KeyRing(
        {"test": hashlib.sha256(b"onehall test encryption").digest()},
        {"search": hashlib.sha256(b"onehall test search").digest()},
        {},
    )


def changed_at() -> datetime:
    """When the ring's file was last written. Who began before may still hold the older ring's newest key."""
    where = location()
    moment = 0.0 if where == DETERMINISTIC else os.stat(where).st_mtime
    return datetime.fromtimestamp(moment, UTC)


def _parsed(content: dict[str, Any]) -> KeyRing:
    """A ring from before search keys rotated holds one search key without an id."""
    search = content["search"]
    searches = search if isinstance(search, list) else [{"id": "s1", **search}]
    entries = [*content["encryption"], *searches]
    found = KeyRing(
        {entry["id"]: _key_bytes(entry["key"]) for entry in content["encryption"]},
        {entry["id"]: _key_bytes(entry["key"]) for entry in searches},
        {entry["id"]: entry.get("created", "") for entry in entries},
    )
    if not found.encryption or not found.searches:
        raise KeyError("a key")
    return found


def _fresh() -> bytes:
    return secrets.token_bytes(_KEY_BYTES)


def _text(ring: KeyRing) -> str:
    sorts = (("encryption", ring.encryption), ("search", ring.searches))
    return "".join(
        f'[[{sort}]]\nid = "{name}"\nkey = "{base64.b64encode(key).decode()}"\ncreated = "{ring.created.get(name, "")}"\n\n'
        for sort, keys in sorts
        for name, key in keys.items()
    )


def _replace(target: Path, ring: KeyRing) -> None:
    renewed = target.with_suffix(".new")
    renewed.unlink(missing_ok=True)
    write_new(renewed, _text(ring))
    renewed.replace(target)


def _key_bytes(text: str) -> bytes:
    key = base64.b64decode(text, validate=True)
    if len(key) != _KEY_BYTES:
        raise binascii.Error("wrong length")
    return key


def write_new(target: Path, text: str) -> None:
    """Never readable by others, not even for an instant."""
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
