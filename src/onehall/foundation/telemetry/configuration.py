"""How each process logs, for the setting LOGGING. Reads nothing and imports no framework: settings import it."""

import logging
import sys
import threading
from typing import Any

_HERE = "onehall.foundation.telemetry"
_SERVING = ("pages", "live", "clock")
_QUIET = ("django.security", "django.server", "httpx", "httpcore", "granian.access")
"""Their warnings repeat what a stranger sent; the request's own line says which status it got."""


def logging_config(*, process: str, folder: str, zone: str) -> dict[str, Any]:
    """JSON lines into day files of `folder` (standard error without one); a console command tells warnings only."""
    serving = process in _SERVING
    shape = {"()": f"{_HERE}.formatting.JsonLine", "process": process, "zone": zone}
    handler = {
        "()": f"{_HERE}.files.DayFile", "folder": folder if serving else "", "process": process, "zone": zone,
        "formatter": "json", "filters": ["same"],
    }  # fmt: skip
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": shape},
        "filters": {"same": {"()": f"{_HERE}.flood.SameErrors"}},
        "handlers": {"lines": handler},
        "root": {"handlers": ["lines"], "level": "INFO" if serving else "WARNING"},
        "loggers": {
            "django": {"handlers": [], "level": "WARNING", "propagate": True},
            "django.request": {"level": "ERROR"},
            "_granian": {"handlers": ["lines"], "level": "INFO", "propagate": False},
            **{name: {"level": "CRITICAL"} for name in _QUIET},
        },
    }


def catch_the_uncaught() -> None:
    """An error that nobody caught goes into the log like any other, not in its own words onto standard error."""
    log = logging.getLogger("onehall.uncaught")

    def tell(kind: Any, error: Any, trace: Any) -> None:
        if not issubclass(kind, KeyboardInterrupt):
            log.critical("an error that nobody caught ends the process", exc_info=(kind, error, trace))

    def tell_of_thread(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None and args.exc_type is not SystemExit:
            facts = (args.exc_type, args.exc_value, args.exc_traceback)
            log.critical("an error that nobody caught ends a thread", exc_info=facts)

    sys.excepthook = tell
    threading.excepthook = tell_of_thread
