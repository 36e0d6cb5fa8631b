"""A demo's customers who pay by telephone: a provider made of software, in this process, unless a real one is connected."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string

from onehall.entrances.console import home

VARIABLE = "ONEHALL_ACQUIRERS"
Imitation = Callable[..., AbstractContextManager[object]]


@contextmanager
def imitated(url: str) -> Iterator[None]:
    """While this lasts, the hall's processes find the imitation's folder; it tells `url` what was paid."""
    if VARIABLE in os.environ:
        yield
        return
    folder = Path(home.path()) / "demo-acquirers"
    os.environ[VARIABLE] = str(folder)
    imitation = cast(Imitation, import_string(settings.PLUGS["payers"]))
    try:
        with imitation(folder, notify_url=f"{url}/intake/charges/wechat", clock=lambda: datetime.now(UTC)):
            yield
    finally:
        del os.environ[VARIABLE]
