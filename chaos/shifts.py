"""A clerk's shift ends in the middle of the kills: counted, handed in, confirmed by the manager, bagged, signed, handed to the bank, and a
new drawer is opened.

Nobody walks away from cash: each step is sent again, under the same intent, until it is answered.
"""

import re
from dataclasses import dataclass
from random import Random

from chaos.answers import Answer
from chaos.asking import Browser, moved, moved_or_refused
from chaos.told import BagTold, ShiftTold, Tally

FLOAT_NOTES = 5
_NOTE = 10_000
_ROW = re.compile(r'<tr data-row="d(\d+)">(.*?)</tr>', re.DOTALL)
_BAG = re.compile(r"/board/deposits/bags/(\d+)$")
_SERIAL = re.compile(r"FB\d+-\d{8}-\d+")
_TRIES = 6
_WAITS = "等确认"
_LONGEST = 9


@dataclass(frozen=True)
class People:
    """Who is needed: the clerk whose shift ends, the manager who confirms and bags, the cashier-auditor who signs beside her."""

    clerk: Browser
    manager: Browser
    auditor: Browser


def end_shift(told: ShiftTold, people: People, name: str, tally: Tally) -> None:
    """From the blind count to the next drawer and the bag's way to the bank. `name` is how the board calls the clerk."""
    if not _handed_in(told, people.clerk):
        return
    told.drawer = _waiting(people.manager, name)
    if not told.drawer:
        return
    address = f"/board/drawers/{told.drawer}/decision"
    told.confirmed = _done(people.manager.send(address, {"answer": "confirm", "note": "看过"}, moved))
    if not told.confirmed:
        return
    bag = _bagged(told, people.manager)
    told.opened = _done(
        people.clerk.send("/desk/drawer", {f"pieces_{_NOTE}": str(FLOAT_NOTES), "remark": ""}, moved)
    )
    if bag is not None:
        with tally.lock:
            tally.bags.append(bag)
        _to_the_bank(bag, people)


def notes_counted(dice: Random) -> int:
    """So many hundreds, whatever lies there: more than the float, so that there is something to bag."""
    return FLOAT_NOTES + dice.randint(1, _LONGEST)


def _handed_in(told: ShiftTold, clerk: Browser) -> bool:
    """Counted twice and handed in; again where a sale that nobody waited for came in between."""
    for _ in range(_TRIES):
        for _ in range(2):
            if clerk.send("/desk/drawer/count", {f"pieces_{_NOTE}": str(told.notes)}, moved) is None:
                return False
        answer = clerk.send("/desk/drawer/hand-in", {"reason": "点错"})
        if answer is None:
            return False
        if answer.status == 303:
            told.handed_in = True
            return True
    return False


def _bagged(told: ShiftTold, manager: Browser) -> BagTold | None:
    """Sealed; again where somebody else was sealing at that instant, as the refusal advises. A no that stays is a finding."""
    notes = told.notes - FLOAT_NOTES
    body = {"drawer": str(told.drawer), f"pieces_{_NOTE}": str(notes)}
    for turn in range(_TRIES + 1):
        answer = manager.send("/board/deposits/bags", body, moved if turn == _TRIES else moved_or_refused)
        if answer is None:
            return None
        if answer.status == 303:
            told.bagged = True
            found = _BAG.search(answer.location)
            return BagTold(int(found[1]), notes * _NOTE) if found else None
    return None


def _to_the_bank(bag: BagTold, people: People) -> None:
    """The second signature, and away; the label tells the bank which bag it is."""
    address = f"/board/deposits/bags/{bag.bag}"
    page = people.manager.see(address)
    serial = _SERIAL.search(page.text) if page else None
    if serial is None:
        return
    bag.serial = serial[0]
    bag.signed = _done(people.auditor.send(f"{address}/signature", {}, moved))
    if bag.signed:
        bag.left = _done(people.manager.send(f"{address}/handover", {"carrier": "建行押运"}, moved))


def _waiting(manager: Browser, name: str) -> int:
    page = manager.see("/board/drawers/")
    rows = _ROW.findall(page.text) if page else []
    mine = [int(drawer) for drawer, text in rows if f"<td>{name}</td>" in text and _WAITS in text]
    return mine[0] if mine else 0


def _done(answer: Answer | None) -> bool | None:
    return None if answer is None else True
