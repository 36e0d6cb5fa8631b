"""The installer's day: what a phone sends twice happens once (WRK-09)."""

from dataclasses import replace
from typing import Any

from onehall.contexts.fieldwork import api as fieldwork
from onehall.entrances.api.shared.operation import Noun
from onehall.entrances.api.shared.schema import Key
from onehall.entrances.api.work import schemas
from onehall.foundation.values.period import local
from onehall.foundation.values.text import Text
from onehall.foundation.web.requests import Request
from onehall.journeys.abandon_visit import abandon_visit
from onehall.journeys.finish_visit import finish_visit
from onehall.journeys.record_line_test import record_line_test
from onehall.journeys.reveal_contact import reveal_contact
from onehall.journeys.start_visit import start_visit

noun = Noun(Text("上门", "Visits"))
_VISIT: dict[str, Any] = {"permission": "work.visit", "shows": schemas.Case}


@noun.operation(
    "GET", "/jobs", permission="work.visit", words=Text("本人今天的工单", "One's own cases of today"), shows=schemas.Jobs
)  # fmt: skip
def jobs(request: Request) -> Any:
    by = request.actor
    today = fieldwork.installer_day(by.user_id, day=local(request.at).date(), scope=by.scope)
    return {"items": [replace(case, contact=fieldwork.masked(case.contact)) for case in today]}


@noun.operation(
    "POST", "/jobs/{int:work_order}/number", permission="work.visit", words=Text("显示客户电话", "The customer's number, on record"), shows=schemas.Contact
)  # fmt: skip
def number(request: Request, work_order: int) -> Any:
    return reveal_contact(work_order=work_order, by=request.actor, at=request.at)


@noun.operation("POST", "/jobs/{int:work_order}/visit", words=Text("上门", "At the door"), **_VISIT)
def start(request: Request, work_order: int, key: Key) -> Any:
    return start_visit(intent=key, work_order=work_order, by=request.actor, at=request.at)


@noun.operation(
    "POST", "/jobs/{int:work_order}/line-test", words=Text("线路测试", "What was measured"), **_VISIT
)  # fmt: skip
def line_test(request: Request, work_order: int, given: schemas.TestGiven, key: Key) -> Any:
    test = fieldwork.LineTest(**given.model_dump())
    return record_line_test(intent=key, work_order=work_order, test=test, by=request.actor, at=request.at)


@noun.operation(
    "POST", "/jobs/{int:work_order}/finish", words=Text("完工", "Done and signed"), **_VISIT
)  # fmt: skip
def finish(request: Request, work_order: int, given: schemas.FinishGiven, key: Key) -> Any:
    used = [fieldwork.MaterialUse(one.code, one.quantity, one.own) for one in given.materials]
    return finish_visit(
        intent=key, work_order=work_order, points=given.points, materials=[use for use in used if use.quantity],
        method=fieldwork.Sign(given.method), strokes=schemas.drawn(given.strokes), note=given.note,
         by=request.actor, at=request.at,
    )  # fmt: skip


@noun.operation(
    "POST", "/jobs/{int:work_order}/abandonment", words=Text("白跑", "Nothing could be done"), **_VISIT
)  # fmt: skip
def abandon(request: Request, work_order: int, given: schemas.NoteGiven, key: Key) -> Any:
    return abandon_visit(intent=key, work_order=work_order, note=given.note, by=request.actor, at=request.at)
