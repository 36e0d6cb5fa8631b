"""A clerk's shift ends in the middle of the kills: counted, handed in, confirmed by the manager, bagged, and a new drawer is opened.

Nobody walks away from cash: each step is sent again, under the same intent, until it is answered.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random
from typing import Protocol

from chaos.answers import Answer

FLOAT_NOTES = 5
_ROW = re.compile(r'<tr data-row="d(\d+)">(.*?)</tr>', re.DOTALL)
_TRIES = 6
_WAITS = "等确认"
_LONGEST = 9


@dataclass
class ShiftTold:
    """What a counter was told about a drawer; None: it was not asked, or no answer came before the hall was closed."""

    counter: int
    notes: int
    drawer: int = 0
    handed_in: bool | None = None
    confirmed: bool | None = None
    bagged: bool | None = None
    opened: bool | None = None


class Asks(Protocol):
    """How a form is sent, or a page asked for, until there is a definite answer; None where the day is over before."""

    def __call__(
        self,
        address: str,
        body: Mapping[str, str] | None,
        definite: Callable[[Answer], bool],
        *,
        as_manager: bool = False,
    ) -> Answer | None:
        """The answer."""


def end_shift(told: ShiftTold, ask: Asks, name: str) -> None:
    """From the blind count to the next drawer. `name` is how the board calls the clerk."""
    if not _handed_in(told, ask):
        return
    told.drawer = _waiting(ask, name)
    if not told.drawer:
        return
    body = {"answer": "confirm", "note": "看过"}
    told.confirmed = _done(ask(f"/board/drawers/{told.drawer}/decision", body, _moved, as_manager=True))
    if not told.confirmed:
        return
    told.bagged = _bagged(told, ask)
    told.opened = _done(ask("/desk/drawer", {"pieces_10000": str(FLOAT_NOTES), "remark": ""}, _moved))


def notes_counted(dice: Random) -> int:
    """So many hundreds, whatever lies there: more than the float, so that there is something to bag."""
    return FLOAT_NOTES + dice.randint(1, _LONGEST)


def _handed_in(told: ShiftTold, ask: Asks) -> bool:
    """Counted twice and handed in; again where a sale that nobody waited for came in between."""
    for _ in range(_TRIES):
        for _ in range(2):
            if ask("/desk/drawer/count", {"pieces_10000": str(told.notes)}, _moved) is None:
                return False
        answer = ask("/desk/drawer/hand-in", {"reason": "点错"}, lambda a: a.status in (303, 409))
        if answer is None:
            return False
        if answer.status == 303:
            told.handed_in = True
            return True
    return False


def _bagged(told: ShiftTold, ask: Asks) -> bool | None:
    """Sealed; again where somebody else was sealing at that instant, as the refusal advises. A no that stays is a finding."""
    body = {"drawer": str(told.drawer), "pieces_10000": str(told.notes - FLOAT_NOTES)}
    for _ in range(_TRIES):
        answer = ask("/board/deposits/bags", body, lambda a: a.status in (303, 409), as_manager=True)
        if answer is None or answer.status == 303:
            return _done(answer)
    return _done(ask("/board/deposits/bags", body, _moved, as_manager=True))


def _waiting(ask: Asks, name: str) -> int:
    page = ask("/board/drawers/", None, lambda a: a.status == 200, as_manager=True)
    rows = _ROW.findall(page.text) if page else []
    mine = [int(drawer) for drawer, text in rows if f"<td>{name}</td>" in text and _WAITS in text]
    return mine[0] if mine else 0


def _moved(answer: Answer) -> bool:
    return answer.status == 303


def _done(answer: Answer | None) -> bool | None:
    return None if answer is None else True
