"""How far a case is, and which of its next steps the person may take, with the reason where not (ORD-05)."""

from dataclasses import dataclass

from onehall.contexts.fieldwork import api as fieldwork
from onehall.foundation.refusals import Refusal
from onehall.foundation.scopes import Actor, NotPermitted
from onehall.foundation.values.text import Text

State = fieldwork.State
_COURSE = (
    (State.TO_DISPATCH, Text("发单", "dispatch")),
    (State.DISPATCHED, Text("签收", "signature")),
    (State.TO_VISIT, Text("上门", "visit")),
    (State.IN_WORK, Text("施工", "work")),
    (State.TO_RETURN, Text("回单", "sheet")),
    (State.TO_FOLLOW_UP, Text("回访", "follow-up")),
    (State.TO_ARCHIVE, Text("归档", "archive")),
)
_STEPS = (
    ("dispatch", "work.dispatch", State.TO_DISPATCH, Text("发单", "dispatch")),
    ("sign", "work.accept", State.DISPATCHED, Text("签收", "signing for it")),
    ("assign", "work.assign", State.TO_VISIT, Text("派装维", "assigning an installer")),
    ("return", "work.return", State.TO_RETURN, Text("回单登记", "recording the returned sheet")),
    ("follow_up", "work.followup", State.TO_FOLLOW_UP, Text("回访", "the follow-up call")),
    ("archive", "work.archive", State.TO_ARCHIVE, Text("归档", "archiving")),
)
_ELSEWHERE = {"return": "/desk/returns/", "follow_up": "/desk/follow-ups/"}
"""Steps that have pages of their own."""

_PLACES = {state: place for place, state in enumerate(State)}


@dataclass(frozen=True, slots=True)
class Later:
    """A step whose turn has not come."""

    reason: Text
    rule: str = "WRK-04"
    alternative: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """A step that is still ahead; `denied` says why it cannot be taken now by this person, `href` where it is taken."""

    name: str
    words: Text
    denied: Refusal | Later | None
    href: str = ""


def steps_of(case: fieldwork.WorkOrder) -> tuple[list[Text], int]:
    """Names of the steps and which one it is at, counted from 1; behind the last when closed, 0 when withdrawn."""
    course = [step for step in _COURSE if case.facts.follow_up or step[0] is not State.TO_FOLLOW_UP]
    names = [words for _, words in course]
    if case.state is State.WITHDRAWN:
        return names, 0
    places = [state for state, _ in course]
    return names, places.index(case.state) + 1 if case.state in places else len(names) + 1


def turns(case: fieldwork.WorkOrder, by: Actor) -> list[Turn]:
    """The steps taken from here that are not behind, in their order."""
    ahead = [step for step in _STEPS if _PLACES[step[2]] >= _PLACES[case.state]]
    return [
        Turn(name, words, _denied(case, by, permission, state, words), _href(name, case))
        for name, permission, state, words in ahead
        if case.facts.follow_up or state is not State.TO_FOLLOW_UP
    ]


def _href(name: str, case: fieldwork.WorkOrder) -> str:
    return f"{_ELSEWHERE[name]}{case.id}" if name in _ELSEWHERE else ""


def _denied(
    case: fieldwork.WorkOrder, by: Actor, permission: str, state: fieldwork.State, step: Text
) -> Refusal | Later | None:
    """Why not yet or not this person, in few words; the room has the last word when the step is taken."""
    if case.state is not state:
        now = fieldwork.STATES[case.state]
        return Later(Text(f"现在是“{now.zh}”，还没有轮到。", f"It is “{now.en}”: not its turn yet."))
    if not by.may(permission):
        return NotPermitted(permission=permission)
    if state is State.DISPATCHED and case.project_manager_id != by.user_id:
        return fieldwork.NotYourWork(
            serial=case.serial, who=case.project_manager, step=step.zh, step_en=step.en
        )
    return None
