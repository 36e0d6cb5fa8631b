"""The whole of one work order, and the steps that are taken from it."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse

from onehall.contexts.fieldwork import api as fieldwork
from onehall.entrances.board.pages import WORK_TOPICS, intent_of, number_of, page
from onehall.entrances.board.words import URGENCY, owner
from onehall.entrances.board.work.particulars import particulars
from onehall.entrances.board.work.people import installers, project_managers
from onehall.entrances.board.work.signing import signed_how
from onehall.entrances.board.work.steps import steps_of, turns
from onehall.entrances.board.work.story import story
from onehall.foundation.documents.queries import documents_of
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor
from onehall.foundation.values.text import Text
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.foundation.web.responses import go
from onehall.journeys.archive_case import archive_case
from onehall.journeys.assign_installer import assign_installer
from onehall.journeys.dispatch_work_order import dispatch_work_order
from onehall.journeys.sign_dispatch import sign_dispatch


@permit("board.view", methods=("GET",))
def show(request: Request, work_order: int) -> HttpResponse:
    """Facts, how far it is, everything that happened, and what may be done now."""
    case = fieldwork.work_order(work_order, scope=request.actor.scope)
    return page(
        request,
        "board/work/case.html",
        _facts(request.actor, request.at, case),
        part="board/work/whole.html",
        here="/board/work/",
    )


@permit("work.dispatch", methods=("POST",))
def dispatch(request: Request, work_order: int) -> HttpResponse:
    """发单: hands the case to the project manager that was chosen."""
    chosen = number_of(request, "project_manager", Text("所选项目经理", "The chosen project manager"))
    dispatch_work_order(
        intent=intent_of(request),
        work_orders=[work_order],
        project_manager=chosen,
        by=request.actor,
        at=request.at,
    )
    return _back(request, work_order)


@permit("work.accept", methods=("POST",))
def sign(request: Request, work_order: int) -> HttpResponse:
    """签收: the project manager signs on the pad, or confirms in the own session."""
    method, strokes = signed_how(request)
    sign_dispatch(
        intent=intent_of(request), work_orders=[work_order], method=method, strokes=strokes, by=request.actor,
        at=request.at,
    )  # fmt: skip
    return _back(request, work_order)


@permit("work.assign", methods=("POST",))
def assign(request: Request, work_order: int) -> HttpResponse:
    """派工: says who goes."""
    chosen = number_of(request, "installer", Text("所选装维", "The chosen installer"))
    assign_installer(
        intent=intent_of(request), work_order=work_order, installer=chosen, by=request.actor, at=request.at
    )
    return _back(request, work_order)


@permit("work.archive", methods=("POST",))
def archive(request: Request, work_order: int) -> HttpResponse:
    """归档: files the case after its follow-up."""
    archive_case(intent=intent_of(request), work_order=work_order, by=request.actor, at=request.at)
    return _back(request, work_order)


def _back(request: Request, work_order: int) -> HttpResponse:
    return go(request, f"/board/work/{work_order}")


def _facts(by: Actor, at: datetime, case: fieldwork.WorkOrder) -> dict[str, Any]:
    warn = policy_book(hall_id=case.hall_id, at=at)[fieldwork.WARN_BEFORE]
    names, current = steps_of(case)
    return {
        "topics": WORK_TOPICS,
        "case": case,
        "state": fieldwork.STATES[case.state],
        "urgency": URGENCY[fieldwork.urgency(case.waiting_until, at=at, warn_before=warn)],
        "owner": owner(case),
        "names": names,
        "current": current,
        "facts": particulars(case, at=at, scope=by.scope),
        "rows": story(case, scope=by.scope),
        "turns": turns(case, by),
        "managers": project_managers(by),
        "installers": installers(by),
        "papers": documents_of("work_order", case.id, scope=by.scope),
    }
