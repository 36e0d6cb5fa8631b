"""Whether this installation can serve: each look says what is wrong in a word, or nothing (API-05)."""

import os
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor

from onehall.foundation.policy.book import MissingPolicy
from onehall.foundation.policy.services import policy_book
from onehall.foundation.telemetry.policies import FREE_SPACE, OUTBOX_LAG
from onehall.foundation.telemetry.state import state
from onehall.foundation.vault import VaultError, keyring

_LEAST_MEGABYTES = 50
_MEGABYTE = 1_000_000
_current: set[str] = set()
"""Databases whose schema was found current: it stays so while this program runs."""


def readiness(*, at: datetime) -> dict[str, str]:
    """Trouble by the name of the look, empty where there is none. Looks that need the database wait for it."""
    found = {"database": _database()}
    if not found["database"]:
        found["migrations"] = _migrations()
    if found.get("migrations") == "":
        found["outbox"] = _told(lambda: _outbox(at))
    found["keys"] = _keys()
    found["disk"] = _disk(_megabytes(at) if found.get("outbox") is not None else _LEAST_MEGABYTES)
    return found


def _database() -> str:
    try:
        connection.ensure_connection()
        with connection.cursor() as cursor:
            cursor.execute("select 1")
    except (DatabaseError, InterfaceError):
        connection.close()
        return "unreachable"
    return ""


def _migrations() -> str:
    name = str(connection.settings_dict["NAME"])
    if name in _current:
        return ""
    executor = MigrationExecutor(connection)
    waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if waiting:
        return f"{waiting} waiting"
    _current.add(name)
    return ""


def _outbox(at: datetime) -> str:
    lag = state(at=at).outbox_lag
    limit = policy_book(hall_id=None, at=at)[OUTBOX_LAG]
    return f"{lag:.0f} s behind" if lag > limit else ""


def _told(look: Callable[[], str]) -> str:
    try:
        return look()
    except MissingPolicy:
        return "no profile installed"
    except (DatabaseError, InterfaceError):
        return "unreachable"


def _keys() -> str:
    where = keyring.location()
    if where == keyring.DETERMINISTIC:
        return ""
    try:
        keyring.read(where)
    except VaultError:
        return "unusable"
    return ""


def _megabytes(at: datetime) -> int:
    try:
        return policy_book(hall_id=None, at=at)[FREE_SPACE]
    except (MissingPolicy, DatabaseError, InterfaceError):
        return _LEAST_MEGABYTES


def _disk(least: int) -> str:
    folder = Path(settings.HOME)
    parent = next(one for one in (folder, *folder.parents) if one.exists())
    if not os.access(parent, os.W_OK):
        return "not writable"
    free = shutil.disk_usage(parent).free // _MEGABYTE
    return f"{free} MB free" if free < least else ""
