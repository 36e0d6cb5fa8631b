"""发单登记表: the register of a day, handing over what waits and signing for it, several cases with one press (WRK-02, WRK-03)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.http import HttpResponse

from onehall.contexts.fieldwork import api as fieldwork
from onehall.entrances.board.pages import WORK_TOPICS, Unreadable, address, day_asked, intent_of, page
from onehall.entrances.board.work.people import project_managers
from onehall.entrances.board.work.signing import signed_how
from onehall.foundation.refusals import Refusal
from onehall.foundation.scopes import Actor
from onehall.foundation.values.text import Text
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.journeys.dispatch_work_order import dispatch_work_order
from onehall.journeys.sign_dispatch import sign_dispatch

REGISTER = "/board/work/register"
_MOST = 300
"""Lines of a screen and of one press; a hall takes a tenth of it in a day."""

State = fieldwork.State
Step = Callable[[fieldwork.WorkOrder, UUID], None]


class NobodyTakesIt(Refusal):
    """A case whose department has no project manager, and none was chosen."""

    code = "board.nobody_takes_it"
    rule = "WRK-02"
    zh = "工单 {serial} 的归属经营部没有项目经理。"
    en = "The department of work order {serial} has no project manager."
    alternative_zh = "请在“交给”里选一位项目经理再发。"
    alternative_en = "Choose a project manager to hand it over to."


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one line; `refusal` None where it was done."""

    case: fieldwork.WorkOrder
    refusal: Refusal | None


@permit("board.view", methods=("GET",))
def show(request: Request) -> HttpResponse:
    """The register of the day asked for."""
    facts = _facts(request.actor, day_asked(request))
    return page(
        request, "board/work/register.html", facts, part="board/work/register_rows.html", here=REGISTER
    )


@permit("work.dispatch", methods=("POST",))
def dispatch(request: Request) -> HttpResponse:
    """Hands over every chosen case: to the person chosen, or to the project manager of its department."""
    chosen = request.POST.get("project_manager", "")
    given: Any = {"by": request.actor, "at": request.at}

    def hand_over(case: fieldwork.WorkOrder, intent: UUID) -> None:
        manager = int(chosen) if chosen.isdecimal() else case.project_manager_id
        if manager is None:
            raise NobodyTakesIt(serial=case.serial)
        dispatch_work_order(intent=intent, work_orders=[case.id], project_manager=manager, **given)

    return _each(request, hand_over, Text("发单", "Dispatch"))


@permit("work.accept", methods=("POST",))
def sign(request: Request) -> HttpResponse:
    """One signature for every chosen case; each is signed by itself, so one that cannot be does not hold up the others."""
    method, strokes = signed_how(request)
    given: Any = {"method": method, "strokes": strokes, "by": request.actor, "at": request.at}

    def accept(case: fieldwork.WorkOrder, intent: UUID) -> None:
        sign_dispatch(intent=intent, work_orders=[case.id], **given)

    return _each(request, accept, Text("签收", "Signature"))


def _each(request: Request, step: Step, words: Text) -> HttpResponse:
    """The page with what became of each; pressed again, each line still happens once."""
    intent = intent_of(request)
    results = [_tried(step, work_order, intent, request.actor) for work_order in _chosen(request)]
    done = sum(result.refusal is None for result in results)
    facts = _facts(request.actor, day_asked(request))
    return page(
        request,
        "board/work/register.html",
        {**facts, "results": results, "done": done, "step": words},
        here=REGISTER,
    )


def _tried(step: Step, work_order: int, intent: UUID, by: Actor) -> Result:
    case = fieldwork.work_order(work_order, scope=by.scope)
    try:
        step(case, uuid5(intent, str(case.id)))
    except Refusal as refusal:
        return Result(case, refusal)
    return Result(case, None)


def _chosen(request: Request) -> list[int]:
    numbers = request.POST.getlist("case")
    if not numbers or len(numbers) > _MOST or not all(number.isdecimal() for number in numbers):
        raise Unreadable(
            what="所选工单（至少一张）", what_en="The choice of work orders (at least one)", field="case"
        )
    return sorted({int(number) for number in numbers})


def _facts(by: Actor, day: date) -> dict[str, Any]:
    every = fieldwork.dispatch_register(hall_id=by.hall_id, day=day, scope=by.scope)
    cases, one_day = every[:_MOST], timedelta(days=1)
    departments = ("", Text("各归属经营部的项目经理", "the project manager of each department"))
    return {
        "topics": WORK_TOPICS,
        "day": day,
        "before": address(REGISTER, day=day - one_day),
        "after": address(REGISTER, day=day + one_day),
        "source": address(REGISTER, day=day),
        "cases": cases,
        "more": len(every) - len(cases),
        "to_dispatch": {case.id for case in cases if _waits_for_dispatch(case, by)},
        "to_sign": {case.id for case in cases if _waits_for_signature(case, by)},
        "managers": [departments, *project_managers(by)],
    }


def _waits_for_dispatch(case: fieldwork.WorkOrder, by: Actor) -> bool:
    return case.state is State.TO_DISPATCH and by.may("work.dispatch")


def _waits_for_signature(case: fieldwork.WorkOrder, by: Actor) -> bool:
    return case.state is State.DISPATCHED and by.may("work.accept") and case.project_manager_id == by.user_id
