"""What a killed server leaves behind: backends that wait for a lock whose holder is gone, and so never notice.

They hold the server's memory, and PostgreSQL rightly refuses to start beside them. Their work is lost already; the
journal brings back what was committed. Looks into /proc: elsewhere nothing is found and a person must end them.
"""

import contextlib
import os
import re
import signal
from pathlib import Path

_IN_USE = re.compile(r"pre-existing shared memory block \(key \d+, ID (\d+)\) is still in use")


def end_orphans(said: str) -> int:
    """Ends the processes that hold the memory block which the server's last words name; how many.

    None where one of them is the parent of another: that is a server alive.
    """
    blocks = _IN_USE.findall(said)
    holders = _holders(blocks[-1]) if blocks else {}
    if any(parent in holders for parent in holders.values()):
        return 0
    for pid in holders:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(pid, signal.SIGKILL)
    return len(holders)


def _holders(block: str) -> dict[int, int]:
    """Processes of PostgreSQL that have this System V block in their memory, with their parents."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            name, rest = (folder / "stat").read_text().split("(", 1)[1].rsplit(")", 1)
            if name == "postgres" and any(_is_block(line, block) for line in _mapped(folder)):
                found[int(folder.name)] = int(rest.split()[1])
        except (OSError, ValueError, IndexError):
            continue
    return found


def _mapped(folder: Path) -> list[list[str]]:
    return [line.split() for line in (folder / "maps").read_text().splitlines()]


def _is_block(mapped: list[str], block: str) -> bool:
    """Address, rights, offset, device, inode, name: the inode of a block is its number."""
    return len(mapped) > 5 and mapped[4] == block and mapped[5].startswith("/SYSV")
