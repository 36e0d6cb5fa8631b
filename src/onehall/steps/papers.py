"""Filling in the forms of field work, and what stands at the head of every paper."""

from collections.abc import Sequence
from datetime import date

from onehall.contexts.catalogue import api as catalogue
from onehall.contexts.fieldwork import api as fieldwork
from onehall.contexts.organisation import api as organisation
from onehall.foundation.documents import forms
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.values.text import Text


def letterhead(hall_id: int, *, scope: Scope) -> forms.Letterhead:
    """Operator and hall as they print themselves."""
    return head_of(organisation.issuer(hall_id=hall_id, counter_id=None, scope=scope))


def head_of(issuer: organisation.Issuer) -> forms.Letterhead:
    """The head of a paper from who issues it."""
    return forms.Letterhead(
        operator=issuer.operator, hall=issuer.hall, phone=issuer.phone, address=issuer.address
    )


def place_of(by: Actor) -> Text:
    """Hall and counter at which somebody prints (REC-03)."""
    hall = organisation.hall(by.hall_id, scope=by.scope).name
    if by.counter_id is None:
        return hall
    counter = organisation.counter(by.counter_id, scope=by.scope)
    return Text(f"{hall.zh} {counter.no}号台席", f"{hall.en}, counter {counter.no}")


def installation_form(
    case: fieldwork.WorkOrder, *, password: str, line_state: Text, visit: fieldwork.Visit | None, scope: Scope
) -> forms.Installation:
    """装机单 (WRK-01); after the visit it shows the result (WRK-04). `password` is empty once the customer has it."""
    return forms.Installation(
        head=letterhead(case.hall_id, scope=scope), number=case.serial, account=case.account, password=password,
        customer=case.contact.name, phone=case.contact.phone, address=case.address,
        business=case.offering, points=case.points, start_on=case.start_on, department=case.department,
        state=case.stage, line_state=line_state, accepted_at=case.accepted_at, due_at=case.due_at,
        project_manager=case.project_manager, installer=case.installer,
        line_test=_test(visit), materials=_materials(visit, scope),
        finished_at=case.facts.finished_at, remark=visit.note if visit else "",
    )  # fmt: skip


def register_form(
    cases: Sequence[fieldwork.WorkOrder], *, hall_id: int, day: date, scope: Scope
) -> forms.Dispatch:
    """发单登记表 of a day (WRK-02)."""
    return forms.Dispatch(
        head=letterhead(hall_id, scope=scope),
        day=day,
        lines=tuple(
            forms.RegisterLine(
                serial=case.serial,
                account=case.account,
                address=case.address,
                business=case.offering,
                issued_at=case.accepted_at,
                handed_at=case.facts.handed_at,
                handed_by=case.handed_by,
                project_manager=case.project_manager,
                signed_at=case.facts.signed_at,
                due_at=case.due_at,
                returned_at=case.facts.returned_at,
            )
            for case in cases
        ),
    )


def follow_up_form(
    case: fieldwork.WorkOrder, *, calls: Sequence[fieldwork.Call], script: catalogue.Wording, scope: Scope
) -> forms.FollowUp:
    """回访单 with the script and every try (WRK-05)."""
    return forms.FollowUp(
        head=letterhead(case.hall_id, scope=scope),
        number=case.serial,
        account=case.account,
        customer=case.contact.name,
        phone=case.contact.phone,
        address=case.address,
        business=case.offering,
        installer=case.installer,
        finished_at=case.facts.finished_at,
        returned_at=case.facts.returned_at,
        due_at=case.waiting_until or case.due_at,
        state=fieldwork.STATES[case.state],
        script=script.lines,
        calls=tuple(_call(one) for one in calls),
    )


_ANSWERS = {
    fieldwork.CallOutcome.UNANSWERED: (Text("无人接听", "no answer"), None),
    fieldwork.CallOutcome.PASSED: (Text("已接听", "answered"), Text("通过", "passed")),
    fieldwork.CallOutcome.FAILED: (Text("已接听", "answered"), Text("不通过", "failed")),
}


def _call(one: fieldwork.Call) -> forms.CallLine:
    outcome, result = _ANSWERS[one.outcome]
    return forms.CallLine(
        at=one.at,
        by=one.by,
        outcome=outcome,
        result=result,
        satisfaction=one.satisfaction,
        handled=one.handled,
    )


def _test(visit: fieldwork.Visit | None) -> str:
    if visit is None or visit.test is None:
        return ""
    test = visit.test
    return f"↓ {test.down_kbps / 1000:g} M　↑ {test.up_kbps / 1000:g} M　{test.loss_permille} ‰　{test.note}".rstrip(
        "　"
    )


def _materials(visit: fieldwork.Visit | None, scope: Scope) -> str:
    known = fieldwork.materials(scope=scope)
    uses = visit.materials if visit else ()
    return "，".join(
        f"{known[use.code].name.zh} ×{use.quantity}{'（自备）' if use.own else ''}" for use in uses
    )
