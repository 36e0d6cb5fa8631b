"""A demo's tax side: made of software, in this process, unless a real one is connected."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string

from onehall.entrances.console import home

URL, KEY = "ONEHALL_INVOICE_URL", "ONEHALL_INVOICE_KEY"
Imitation = Callable[..., AbstractContextManager[tuple[str, str]]]


@contextmanager
def imitated() -> Iterator[None]:
    """While this lasts, the hall's processes ask the imitation for the numbers of electronic invoices."""
    if URL in os.environ:
        yield
        return
    imitation = cast(Imitation, import_string(settings.PLUGS["tax_office"]))
    with imitation(Path(home.path()) / "demo-tax-office.json", clock=lambda: datetime.now(UTC)) as (url, key):
        os.environ[URL], os.environ[KEY] = url, key
        try:
            yield
        finally:
            del os.environ[URL], os.environ[KEY]
