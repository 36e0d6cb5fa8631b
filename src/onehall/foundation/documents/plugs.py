"""Where the printer is plugged in: settings name a function, so that nothing above or below imports an adapter."""

from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string

from onehall.foundation.documents.ports import Printer
from onehall.foundation.refusals import Refusal


class NoPrinter(Refusal):
    """No receipt printer is plugged in, or the counter has none."""

    code = "documents.no_printer"
    rule = "RCP-06"
    zh = "这个台席没有接小票打印机。"
    en = "This counter has no receipt printer."
    alternative_zh = "可以打印 A5 收据。"
    alternative_en = "The A5 receipt can be printed instead."


def printer_at(address: str) -> Printer:
    """The printer at `host:port`; raises NoPrinter where none is configured. Setting: `PLUGS["printer"]`."""
    plug = getattr(settings, "PLUGS", {}).get("printer")
    if not plug or not address:
        raise NoPrinter()
    return cast(Callable[[str], Printer], import_string(plug))(address)


def base_url() -> str:
    """What QR codes begin with: the address at which customers reach this installation."""
    return str(getattr(settings, "BASE_URL", "http://127.0.0.1:8000")).rstrip("/")
