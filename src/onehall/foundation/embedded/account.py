"""Under which account PostgreSQL runs: it refuses root, and containers often know no other."""

import functools
import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from onehall.foundation.embedded.binaries import Binaries
from onehall.foundation.embedded.problems import NoUnprivilegedUser

NOBODY = 65534


@dataclass(frozen=True, slots=True)
class Account:
    """How to start a program so that PostgreSQL accepts it, and who must own its files."""

    prefix: tuple[str, ...] = ()
    owner: int | None = None  # uid and gid that the data folder is given to; None leaves it as it is

    def run(
        self,
        program: Path,
        *arguments: str | Path,
        timeout: float | None = 60,
        told: str = "",
        held: Sequence[int] = (),
    ) -> subprocess.CompletedProcess[str]:
        """Runs one of PostgreSQL's programs. Output of a started server goes to its log, not to us.

        `told` is its standard input; `held` are open files that it keeps open, a lock for one.
        """
        command = [*self.prefix, str(program), *(str(argument) for argument in arguments)]
        return subprocess.run(
            command,
            input=told,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            timeout=timeout,
            check=False,
            cwd=Path("/").resolve(),  # an unprivileged account may not be able to enter the current folder
            env=_environment(),
            pass_fds=held,
        )

    def own(self, folder: Path) -> None:
        """Gives the folder and all below to the account where they are not its own yet."""
        owner = os.geteuid() if self.owner is None else self.owner
        if os.geteuid() != 0 or folder.stat().st_uid == owner:
            return
        for path in [folder, *folder.rglob("*")]:
            os.chown(path, owner, owner, follow_symlinks=False)


def _environment() -> dict[str, str]:
    """Messages are parsed and shown, so they are asked for in English; nothing of a caller's PostgreSQL is heard."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return {**ours, "LC_ALL": "C", "LANGUAGE": "C"}


_AS_ROOT = (
    # In a user namespace of its own the process is not root, while outside its files remain root's.
    Account(("unshare", "--user", "--map-user=1000", "--map-group=1000")),
    # Containers that forbid namespaces: nobody, who may still enter root's folders to reach its own.
    Account(
        (
            "setpriv",
            f"--reuid={NOBODY}",
            f"--regid={NOBODY}",
            "--clear-groups",
            "--inh-caps=+dac_override",
            "--ambient-caps=+dac_override",
        ),
        owner=NOBODY,
    ),
    Account(("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"), owner=NOBODY),
)


@functools.cache
def account_for(binaries: Binaries) -> Account:
    """Ourselves, or for root the first way that works here.

    Raises NoUnprivilegedUser where root has no way to be somebody else.
    """
    if os.name == "nt" or os.geteuid() != 0:
        return Account()
    for account in _AS_ROOT:
        if _works(account, binaries):
            return account
    raise NoUnprivilegedUser()


def _works(account: Account, binaries: Binaries) -> bool:
    try:
        return account.run(binaries.program("postgres"), "--version").returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False
