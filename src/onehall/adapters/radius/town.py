"""The demo's customers: each has a router that dials in, uses the line, and dials again when it was cut."""

import random
import time
from collections.abc import Callable, Mapping

from onehall.adapters.radius.simulator import Nas, Refused

_STEP_SECONDS = 1.0
_REDIAL_SECONDS = (3.0, 8.0)
_REFUSED_SECONDS = (60.0, 180.0)
_MOST_OCTETS = 2_000_000
"""In one second and direction: a town that reads and watches, far from any line's limit."""


class Town:
    """Behind one access device. `accounts` tells who dials, and with which password, again and again."""

    def __init__(self, nas: Nas, accounts: Callable[[], Mapping[str, str]], *, seed: int = 0) -> None:
        self._nas, self._accounts = nas, accounts
        self._dice = random.Random(seed)  # noqa: S311 - imitates people
        self._due: dict[str, float] = {}

    def live(self) -> None:
        """Until the process is told to end; then the device is switched off."""
        with self._nas:
            while True:
                time.sleep(_STEP_SECONDS)
                self.step()

    def step(self) -> None:
        """A second of the town's life."""
        for account, password in self._accounts().items():
            session = self._nas.of(account)
            if session is not None:
                session.up += self._dice.randrange(_MOST_OCTETS // 10)
                session.down += self._dice.randrange(_MOST_OCTETS)
            elif time.monotonic() >= self._due.get(account, 0.0):
                self._dial(account, password)

    def _dial(self, account: str, password: str) -> None:
        answer = self._nas.connect(account, password, caller=self._router(account))
        pause = _REFUSED_SECONDS if isinstance(answer, Refused) and answer.reason else _REDIAL_SECONDS
        self._due[account] = time.monotonic() + self._dice.uniform(*pause)

    @staticmethod
    def _router(account: str) -> str:
        """A hardware address that stays with the household; the first octet says that no maker gave it."""
        octets = random.Random(account).randbytes(5)  # noqa: S311 - imitates a label
        return "-".join(["02", *(f"{octet:02x}" for octet in octets)])


def town_of(
    server: tuple[str, int, int], secret: bytes, coa_port: int, accounts: Callable[[], Mapping[str, str]]
) -> Town:
    """The plug. Settings: `PLUGS["town"] = "onehall.adapters.radius.town.town_of"`."""
    return Town(Nas(secret, kind="generic", server=server, coa_port=coa_port), accounts)
