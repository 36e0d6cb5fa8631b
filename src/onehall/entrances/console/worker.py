"""A worker of the page server ends with whoever started it: an orphan would go on serving, and hold the hall's port."""

import os
import threading
import time

VARIABLE = "ONEHALL_ENDS_WITH"
_LOOK_SECONDS = 0.5


def end_with_parent() -> None:
    """Watches the process that VARIABLE names, where it was set by the page server's own process."""
    parent = os.environ.get(VARIABLE, "")
    if parent:
        threading.Thread(target=_watch, args=(int(parent),), name="parent", daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_LOOK_SECONDS)
    os._exit(1)
