"""The whole of one work order, and the steps that are taken from it."""

from typing import Any

from django.http import HttpResponse

from onehall.contexts.customers import api as customers
from onehall.contexts.fieldwork import api as fieldwork
from onehall.contexts.provisioning import api as provisioning
from onehall.entrances.board.pages import WORK_TOPICS, intent_of, number_of, page
from onehall.entrances.board.words import KINDS, LINE_STATES, URGENCY, owner
from onehall.entrances.board.work.people import installers, project_managers
from onehall.entrances.board.work.signing import signed_how
from onehall.entrances.board.work.steps import steps_of, turns
from onehall.entrances.board.work.story import story
from onehall.foundation.audit import trail
from onehall.foundation.documents.queries import documents_of
from onehall.foundation.policy.services import policy_book
from onehall.foundation.values.text import Text
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request
from onehall.foundation.web.responses import go
from onehall.journeys.archive_case import archive_case
from onehall.journeys.assign_installer import assign_installer
from onehall.journeys.dispatch_work_order import dispatch_work_order
from onehall.journeys.sign_dispatch import sign_dispatch

_LINES = 100


@permit("board.view", methods=("GET",))
def show(request: Request, work_order: int) -> HttpResponse:
    """Facts, how far it is, everything that happened, and what may be done now."""
    case = fieldwork.work_order(work_order, scope=request.actor.scope)
    return page(
        request,
        "board/work/case.html",
        _facts(request, case),
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


def _facts(request: Request, case: fieldwork.WorkOrder) -> dict[str, Any]:
    by = request.actor
    warn = policy_book(hall_id=case.hall_id, at=request.at)[fieldwork.WARN_BEFORE]
    kind, word = URGENCY[fieldwork.urgency(case.waiting_until, at=request.at, warn_before=warn)]
    names, current = steps_of(case)
    visits = fieldwork.visits(case.id, scope=by.scope)
    lines = trail(scope=by.scope, limit=_LINES, subject="work_order", subject_id=str(case.id))
    return {
        "topics": WORK_TOPICS,
        "case": case,
        "state": fieldwork.STATES[case.state],
        "urgency": (kind, word),
        "owner": owner(case),
        "names": names,
        "current": current,
        "facts": _particulars(request, case),
        "rows": story(
            case, lines, visits, fieldwork.calls(case.id, scope=by.scope), fieldwork.materials(scope=by.scope)
        ),
        "turns": turns(case, by),
        "managers": project_managers(by),
        "installers": installers(by),
        "papers": documents_of("work_order", case.id, scope=by.scope),
    }


def _particulars(request: Request, case: fieldwork.WorkOrder) -> list[tuple[Text, Any]]:
    """As the installation sheet has them (WRK-01); contact covered (SEC-07)."""
    line = provisioning.access(account=case.account, at=request.at, scope=request.actor.scope)
    facts: list[tuple[Text, Any]] = [
        (Text("业务", "Business"), case.offering),
        (Text("工单类别", "Kind of work"), KINDS.get(case.kind, Text(case.kind, case.kind))),
        (Text("账号", "Account"), case.account),
        (Text("宽带状态", "Line"), LINE_STATES[line.standing] if line else None),
        (Text("客户", "Customer"), customers.mask_name(case.contact.name)),
        (Text("电话", "Phone"), customers.mask_phone(case.contact.phone)),
        (Text("地址", "Address"), case.address),
        (Text("信息点", "Points"), case.points or None),
        (Text("开始日期", "Starts on"), case.start_on.isoformat() if case.start_on else None),
        (Text("归属经营部", "Department"), case.department),
        (Text("项目经理", "Project manager"), case.project_manager or None),
        (Text("装维", "Installer"), case.installer or None),
    ]
    return facts
