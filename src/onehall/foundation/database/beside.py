"""A piece of work in a process of its own, on the same database: two cores for what Python would do on one."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

import django
from django.db import connection

_STOPPED = 10  # structural: seconds that a process told to end may take


class BesideLost(Exception):
    """The other process ended without a word: killed, or out of memory."""


@contextmanager
def beside(work: str, *given: Any) -> Iterator[Iterator[Any]]:
    """What the generator `package.module:name` yields for `given`, made in another process while this one goes on.

    The other process has a connection and thus a view of its own: it sees what is committed, nothing of this transaction. Its
    error is raised here; BesideLost where it dies. Leaving early ends it.
    """
    spawn = get_context("spawn")
    here, there = spawn.Pipe(duplex=False)
    database = connection.settings_dict["NAME"]
    process = spawn.Process(target=_run, args=(there, work, given, database), name=work, daemon=True)
    process.start()
    there.close()
    try:
        yield _told(here)
    finally:
        here.close()
        process.terminate()
        process.join(_STOPPED)


def _told(pipe: Connection) -> Iterator[Any]:
    while True:
        try:
            kind, what = pipe.recv()
        except EOFError:
            raise BesideLost() from None
        if kind == "end":
            return
        if kind == "error":
            raise what
        yield what


def _run(pipe: Connection, work: str, given: tuple[Any, ...], database: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onehall.config.settings")
    django.setup()
    connection.settings_dict["NAME"] = database
    module, name = work.split(":")
    try:
        for one in getattr(import_module(module), name)(*given):
            pipe.send(("one", one))
        pipe.send(("end", None))
    except BrokenPipeError:
        pass
    except Exception as error:
        pipe.send(("error", error))
    finally:
        connection.close()
