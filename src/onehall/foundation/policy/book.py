"""The immutable book of values that a journey decides by."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from onehall.foundation.policy.keys import PolicyKey

T = TypeVar("T")


class MissingPolicy(LookupError):
    """A declared key has no value in force: the profile is incomplete. Not a user's mistake, so it crashes."""

    log_safe = True


@dataclass(frozen=True, slots=True)
class Entry:
    """A stored value: narrower scope wins, then the later start of validity, then the later entry."""

    id: int
    key: str
    breadth: int
    region_id: int | None
    hall_id: int | None
    value: Any
    valid_from: datetime


@dataclass(frozen=True, slots=True)
class PolicyBook:
    """What holds in one hall at one moment. `version` is stored on whatever the book decided."""

    version: int
    hall_id: int | None
    region_id: int | None
    at: datetime
    entries: Mapping[str, tuple[Entry, ...]]

    def __getitem__(self, key: PolicyKey[T]) -> T:
        for entry in self.entries.get(key.code, ()):
            if self._bears(entry):
                return key.accept(entry.value)
        raise MissingPolicy(f"no value of policy {key.code} is in force at {self.at:%Y-%m-%d}")

    def source(self, key: PolicyKey[Any]) -> int:
        """The id of the entry that decides, for the record."""
        for entry in self.entries.get(key.code, ()):
            if self._bears(entry):
                return entry.id
        raise MissingPolicy(f"no value of policy {key.code} is in force at {self.at:%Y-%m-%d}")

    def holds(self, code: str) -> bool:
        """Whether a value of this key is in force here and now."""
        return any(self._bears(entry) for entry in self.entries.get(code, ()))

    def _bears(self, entry: Entry) -> bool:
        if entry.valid_from > self.at:
            return False
        if entry.hall_id is not None:
            return entry.hall_id == self.hall_id
        return entry.region_id is None or entry.region_id == self.region_id
