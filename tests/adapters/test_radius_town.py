"""The demo's town: its routers dial in, use their lines, and dial again when they were cut."""

from typing import Any

from onehall.adapters.radius.simulator import Nas, Refused, Session
from onehall.adapters.radius.town import Town


class Exchange(Nas):
    """Lets everybody in but those whose term has ended."""

    over: frozenset[str] = frozenset()
    dialled: int = 0

    def connect(
        self, account: str, password: str, *, caller: str = "", chap: bool = False
    ) -> Session | Refused:
        self.dialled += 1
        return Refused("已到期") if account in self.over else self.attach(account, caller=caller)


def test_a_town_goes_on_line_uses_its_lines_and_comes_back(monkeypatch: Any) -> None:
    now = [1000.0]
    monkeypatch.setattr("onehall.adapters.radius.town.time.monotonic", lambda: now[0])
    with Exchange(b"between-us-two") as nas:
        nas.over = frozenset({"dw0120503"})
        town = Town(nas, lambda: dict.fromkeys(("dw0120502", "dw0120503"), "a123456"))
        town.step()
        town.step()
        session = nas.of("dw0120502")
        assert session is not None and session.down > 0 and session.caller.startswith("02-")
        assert nas.of("dw0120503") is None and nas.dialled == 2, "who was refused waits before the next try"
        nas.end(session)
        town.step()
        assert nas.of("dw0120502") is None, "a router takes a moment"
        now[0] += 10
        town.step()
        again = nas.of("dw0120502")
        assert again is not None and again.id != session.id and again.caller == session.caller
