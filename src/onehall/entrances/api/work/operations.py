"""Work orders of the hall."""

from typing import Any

from ninja import Query

from onehall.contexts.fieldwork import api as fieldwork
from onehall.entrances.api.shared.operation import Noun
from onehall.entrances.api.shared.paging import limit_of, page_of, place_of
from onehall.entrances.api.shared.schema import Key
from onehall.entrances.api.work import schemas
from onehall.foundation.values.text import Text
from onehall.foundation.web.requests import Request
from onehall.journeys.archive_case import archive_case
from onehall.journeys.assign_installer import assign_installer
from onehall.journeys.dispatch_work_order import dispatch_work_order
from onehall.journeys.record_follow_up import record_follow_up
from onehall.journeys.return_sheet import return_sheet
from onehall.journeys.reveal_contact import reveal_contact
from onehall.journeys.sign_dispatch import sign_dispatch

noun = Noun(Text("工单", "Work orders"))
_CASE: dict[str, Any] = {"shows": schemas.Case}


@noun.operation(
    "GET", "/work-orders", permission="board.view", words=Text("工单列表", "The list of work orders"), shows=schemas.Cases
)  # fmt: skip
def listed(request: Request, asked: schemas.CasesAsked = Query(...)) -> Any:  # noqa: B008 - how a query is declared
    found = fieldwork.board(
        scope=request.actor.scope, hall_id=request.actor.hall_id, state=asked.state, compound=asked.compound,
        find=asked.find.strip(), closed=asked.closed, after=place_of(request, asked), limit=limit_of(request, asked),
    )  # fmt: skip
    return page_of(request, found.items, found.after)


@noun.operation(
    "GET", "/work-orders/{int:work_order}", permission="board.view", words=Text("一张工单", "A work order"), **_CASE
)  # fmt: skip
def show(request: Request, work_order: int) -> Any:
    return fieldwork.work_order(work_order, scope=request.actor.scope)


@noun.operation(
    "POST", "/work-orders/dispatches", permission="work.dispatch", words=Text("发单", "Hand cases over"), shows=list[schemas.Case]
)  # fmt: skip
def dispatch(request: Request, given: schemas.DispatchGiven, key: Key) -> Any:
    return dispatch_work_order(
        intent=key, work_orders=given.work_orders, project_manager=given.project_manager, by=request.actor,
        at=request.at,
    )  # fmt: skip


@noun.operation(
    "POST", "/work-orders/signatures", permission="work.accept", words=Text("签收", "Sign for cases"), shows=list[schemas.Case]
)  # fmt: skip
def sign(request: Request, given: schemas.SignGiven, key: Key) -> Any:
    return sign_dispatch(
        intent=key, work_orders=given.work_orders, method=fieldwork.Sign.STROKES, strokes=schemas.drawn(given.strokes),
        by=request.actor, at=request.at,
    )  # fmt: skip


@noun.operation(
    "POST", "/work-orders/{int:work_order}/assignment", permission="work.assign", words=Text("派装维", "Say who goes"), **_CASE
)  # fmt: skip
def assign(request: Request, work_order: int, given: schemas.AssignGiven, key: Key) -> Any:
    return assign_installer(
        intent=key, work_order=work_order, installer=given.installer, by=request.actor, at=request.at
    )


@noun.operation(
    "POST", "/work-orders/{int:work_order}/sheet", permission="work.return", words=Text("回单", "The signed sheet is back"), **_CASE
)  # fmt: skip
def sheet(request: Request, work_order: int, given: schemas.SheetGiven, key: Key) -> Any:
    return return_sheet(
        intent=key, work_order=work_order, method=fieldwork.Sign(given.method), note=given.note, by=request.actor,
        at=request.at,
    )  # fmt: skip


@noun.operation(
    "GET", "/follow-ups", permission="work.followup", words=Text("待回访", "Calls that are owed"), shows=schemas.Owed
)  # fmt: skip
def owed(request: Request) -> Any:
    by = request.actor
    return {"items": fieldwork.follow_up_queue(scope=by.scope, hall_id=by.hall_id, at=request.at)}


@noun.operation(
    "POST", "/work-orders/{int:work_order}/number", permission="work.followup", words=Text("显示客户电话", "The number to dial, on record"), shows=schemas.Contact
)  # fmt: skip
def number(request: Request, work_order: int) -> Any:
    return reveal_contact(work_order=work_order, by=request.actor, at=request.at)


@noun.operation(
    "POST", "/work-orders/{int:work_order}/calls", permission="work.followup", words=Text("回访一次", "One try of the call"), **_CASE
)  # fmt: skip
def call(request: Request, work_order: int, given: schemas.CallGiven, key: Key) -> Any:
    return record_follow_up(
        intent=key, work_order=work_order, outcome=given.outcome, satisfaction=given.satisfaction, handled=given.handled,
        by=request.actor, at=request.at,
    )  # fmt: skip


@noun.operation(
    "POST", "/work-orders/{int:work_order}/archive", permission="work.archive", words=Text("归档", "File the case"), **_CASE
)  # fmt: skip
def archive(request: Request, work_order: int, key: Key) -> Any:
    return archive_case(intent=key, work_order=work_order, by=request.actor, at=request.at)
