"""How far a case is, and whether its next step may be taken."""

from onehall.contexts.fieldwork.contracts import (
    Facts,
    NotFollowedUp,
    NotYourWork,
    Sign,
    State,
    WorkOrder,
    WrongState,
)
from onehall.foundation.refusals import Refusal
from onehall.foundation.values.text import Text

STATES: dict[State, Text] = {
    State.TO_DISPATCH: Text("待发单", "to dispatch"),
    State.DISPATCHED: Text("已发单", "dispatched, not signed for"),
    State.TO_VISIT: Text("待上门", "to visit"),
    State.IN_WORK: Text("施工中", "in work"),
    State.TO_RETURN: Text("待回单", "sheet to return"),
    State.TO_FOLLOW_UP: Text("待回访", "to follow up"),
    State.TO_ARCHIVE: Text("待归档", "to archive"),
    State.ARCHIVED: Text("已归档", "archived"),
    State.WITHDRAWN: Text("已撤销", "withdrawn"),
}
"""The words on screens."""


def state_of(facts: Facts) -> State:
    """What the case waits for: the latest fact decides."""
    answers = (
        (facts.withdrawn_at, State.WITHDRAWN),
        (facts.archived_at, State.ARCHIVED),
        (facts.passed_at, State.TO_ARCHIVE),
        (facts.returned_at, State.TO_FOLLOW_UP if facts.follow_up else State.TO_ARCHIVE),
        (facts.finished_at, State.TO_RETURN),
        (facts.started_at, State.IN_WORK),
        (facts.signed_at, State.TO_VISIT),
        (facts.handed_at, State.DISPATCHED),
    )
    return next((state for fact, state in answers if fact is not None), State.TO_DISPATCH)


def stage_of(facts: Facts) -> Text:
    """What happened last, in the words of the installation sheet (WRK-01)."""
    state = state_of(facts)
    if state is State.TO_VISIT:
        return Text("已派工", "assigned") if facts.installer_id else Text("已签收", "signed for")
    if state is State.TO_ARCHIVE and not facts.follow_up:
        return _STAGES[State.TO_FOLLOW_UP]
    return _STAGES[state]


_STAGES: dict[State, Text] = {
    State.TO_DISPATCH: Text("营业已受理", "accepted"),
    State.DISPATCHED: Text("已发单", "dispatched"),
    State.IN_WORK: Text("施工中", "in work"),
    State.TO_RETURN: Text("已完工", "finished"),
    State.TO_FOLLOW_UP: Text("已回单", "sheet returned"),
    State.TO_ARCHIVE: Text("回访通过", "followed up"),
    State.ARCHIVED: Text("已归档", "archived"),
    State.WITHDRAWN: Text("已撤销", "withdrawn"),
}


def must_be(case: WorkOrder, *states: State, step: Text) -> Refusal | None:
    """A refusal unless the case waits for one of `states`."""
    if case.state in states:
        return None
    words = STATES[case.state]
    return WrongState(serial=case.serial, state=words.zh, state_en=words.en, step=step.zh, step_en=step.en)


def may_sign_dispatch(case: WorkOrder, *, signer: int, method: Sign, session: int | None) -> Refusal | None:
    """The project manager named in the register signs, with strokes or a confirmation in their own session (WRK-02)."""
    step = Text("签收", "signing for it")
    refusal = must_be(case, State.DISPATCHED, step=step)
    if refusal is None and signer != case.project_manager_id:
        refusal = NotYourWork(serial=case.serial, who=case.project_manager, step=step.zh, step_en=step.en)
    if refusal is None and method is Sign.CONFIRMED and session is None:
        refusal = NotYourWork(serial=case.serial, who=case.project_manager, step=step.zh, step_en=step.en)
    return refusal


def may_start_visit(case: WorkOrder, *, installer: int) -> Refusal | None:
    """Only who was assigned goes (WRK-02), and only after the project manager signed."""
    step = Text("上门", "the visit")
    refusal = must_be(case, State.TO_VISIT, step=step)
    if refusal is None and installer != case.facts.installer_id:
        who = case.installer or "—"
        refusal = NotYourWork(serial=case.serial, who=who, step=step.zh, step_en=step.en)
    return refusal


def may_call(case: WorkOrder, *, caller: int) -> Refusal | None:
    """The customer's number is for whoever owes them a follow-up call, and for the installer who is on the way (SEC-01)."""
    step = Text("看客户电话", "showing the customer's telephone")
    refusal = must_be(case, State.TO_VISIT, State.IN_WORK, State.TO_FOLLOW_UP, step=step)
    if refusal is None and case.state is not State.TO_FOLLOW_UP and caller != case.facts.installer_id:
        who = case.installer or "—"
        refusal = NotYourWork(serial=case.serial, who=who, step=step.zh, step_en=step.en)
    return refusal


def may_archive(case: WorkOrder) -> Refusal | None:
    """Only after the signed sheet came back and a follow-up passed (WRK-04); kinds of work without one need the sheet alone."""
    if case.state is State.TO_FOLLOW_UP or (case.state is State.TO_RETURN and case.facts.follow_up):
        return NotFollowedUp(serial=case.serial)
    return must_be(case, State.TO_ARCHIVE, step=Text("归档", "archiving"))


def refuse(refusal: Refusal | None) -> None:
    """Says no where a rule did."""
    if refusal is not None:
        raise refusal
