"""The installer's screens. Everything that is sent carries an intent: what a phone sends twice happens once (WRK-09)."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from onehall.contexts.fieldwork import api as fieldwork
from onehall.entrances.pocket.jobs import forms
from onehall.entrances.pocket.jobs.page import (
    TOPICS,
    Job,
    job_of,
    jobs_today,
    line_of,
    measured,
    used,
    visits_of,
)
from onehall.foundation.web.permit import permit
from onehall.foundation.web.requests import Request, wants_fragment
from onehall.foundation.web.responses import go
from onehall.journeys.abandon_visit import abandon_visit
from onehall.journeys.finish_visit import finish_visit
from onehall.journeys.record_line_test import record_line_test
from onehall.journeys.reveal_contact import reveal_contact
from onehall.journeys.start_visit import start_visit


@permit("work.visit", methods=("GET",))
def today(request: Request) -> HttpResponse:
    """Today's list: in work first, then by address, then what is done; asked for again when something changes."""
    jobs = jobs_today(request)
    facts = {
        "jobs": jobs,
        "open": sum(not job.done for job in jobs),
        "done": sum(job.done for job in jobs),
        "topics": TOPICS,
    }
    return render(request, f"pocket/jobs/{'list' if wants_fragment(request) else 'today'}.html", facts)


@permit("work.visit", methods=("GET",))
def job(request: Request, work_order: int) -> HttpResponse:
    """One job: where, who, what, and the next big button."""
    shown = job_of(request, work_order)
    part = "job_part" if wants_fragment(request) else "job"
    return render(request, f"pocket/jobs/{part}.html", {**_facts(request, shown), "topics": TOPICS})


@permit("work.visit", methods=("GET",))
def network(request: Request, work_order: int) -> HttpResponse:
    """Whether the customer is on line, since when, and if not why: asked for again while one waits at the door (NET-04)."""
    shown = job_of(request, work_order)
    facts = {"case": shown.case, "line": line_of(shown, request)}
    return render(request, "pocket/jobs/network.html", facts)


@permit("work.visit", methods=("POST",))
def number(request: Request, work_order: int) -> HttpResponse:
    """The customer's number, on record, for the installer who goes there today (SEC-01, SEC-07)."""
    shown = job_of(request, work_order)
    contact = reveal_contact(work_order=shown.case.id, by=request.actor, at=request.at)
    return render(request, "pocket/jobs/number.html", {"phone": contact.phone})


@permit("work.visit", methods=("POST",))
def visit(request: Request, work_order: int) -> HttpResponse:
    """At the door."""
    start_visit(intent=forms.intent_of(request.POST), work_order=work_order, by=request.actor, at=request.at)
    return go(request, _address(work_order))


@permit("work.visit")
def line_test(request: Request, work_order: int) -> HttpResponse:
    """What was measured; may be sent again, the last one counts."""
    if request.method == "POST":
        record_line_test(
            intent=forms.intent_of(request.POST),
            work_order=work_order,
            test=forms.test_typed(request.POST),
            by=request.actor,
            at=request.at,
        )
        return go(request, _address(work_order))
    return _form(request, work_order, "line_test")


@permit("work.visit")
def finish(request: Request, work_order: int) -> HttpResponse:
    """Materials, points, the customer's hand: three screens of one form, sent at the end (WRK-02, WRK-04)."""
    if request.method == "POST":
        _finish(request, work_order)
        return go(request, _address(work_order))
    return _form(request, work_order, "finish")


@permit("work.visit")
def abandonment(request: Request, work_order: int) -> HttpResponse:
    """Nobody at home: the visit ends, the case waits for another one."""
    if request.method == "POST":
        abandon_visit(
            intent=forms.intent_of(request.POST),
            work_order=work_order,
            note=forms.note_of(request.POST),
            by=request.actor,
            at=request.at,
        )
        return go(request, "/pocket/")
    return _form(request, work_order, "abandonment")


def _address(work_order: int) -> str:
    return f"/pocket/jobs/{work_order}"


def _form(request: Request, work_order: int, name: str) -> HttpResponse:
    """A form of a visit under way; a case in any other state shows its own page, where it says what comes next."""
    shown = job_of(request, work_order)
    if not shown.in_work:
        return go(request, _address(work_order))
    return render(request, f"pocket/jobs/{name}.html", _facts(request, shown))


def _facts(request: Request, shown: Job) -> dict[str, Any]:
    catalogue = fieldwork.materials(scope=request.actor.scope)
    current, in_vain = visits_of(shown.case, scope=request.actor.scope)
    return {
        "job": shown,
        "case": shown.case,
        "covered": fieldwork.masked(shown.case.contact).phone,
        "visit": current,
        "measured": measured(current),
        "in_vain": in_vain,
        "used": used(current, catalogue),
        "catalogue": sorted(catalogue.values(), key=lambda material: -material.free_quantity),
        "points": shown.case.points or 1,
        "longest": forms.LONGEST_NOTE,
    }


def _finish(request: Request, work_order: int) -> None:
    catalogue = fieldwork.materials(scope=request.actor.scope)
    method, strokes = forms.signed(request.POST)
    finish_visit(
        intent=forms.intent_of(request.POST),
        work_order=work_order,
        points=forms.points_typed(request.POST),
        materials=forms.materials_typed(request.POST, catalogue.values()),
        method=method,
        strokes=strokes,
        note=forms.note_of(request.POST),
        by=request.actor,
        at=request.at,
    )
