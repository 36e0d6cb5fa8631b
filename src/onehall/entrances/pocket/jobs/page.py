"""What the phone shows of a case."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from onehall.contexts.fieldwork import api as fieldwork
from onehall.contexts.provisioning import api as provisioning
from onehall.foundation.policy.services import policy_book
from onehall.foundation.refusals import NotFound
from onehall.foundation.scopes import Scope
from onehall.foundation.values.period import local, midnight
from onehall.foundation.values.text import Text
from onehall.foundation.web.requests import Request
from onehall.foundation.web.tags.words import distance
from onehall.readings.network.line import LineView, line

TOPICS = (
    "work.signed work.assigned work.started work.tested work.abandoned work.finished work.returned"
    " work.called work.archived sale.voided sale.reversed"
)
"""Whatever brings a job, moves it on or takes it away (WRK-11)."""

_KINDS = {
    "installation": Text("装机", "Installation"),
    "additional_point": Text("加信息点", "Additional point"),
    "router_setup": Text("路由器调试", "Router set-up"),
    "move": Text("移机", "Move"),
}
_OPEN = (fieldwork.State.TO_VISIT, fieldwork.State.IN_WORK)


@dataclass(frozen=True, slots=True)
class Used:
    """A line of materials as it is read."""

    material: fieldwork.Material
    quantity: int
    own: bool


@dataclass(frozen=True, slots=True)
class Job:
    """A case as the installer sees it: `tag` is the sign, `state` its word, `due` how long there is or when it was done."""

    case: fieldwork.WorkOrder
    kind: Text
    tag: str
    state: Text
    due: Text
    late: str

    @property
    def in_work(self) -> bool:
        """Somebody is at the door."""
        return self.case.state is fieldwork.State.IN_WORK

    @property
    def to_visit(self) -> bool:
        """Nobody has been there, or nobody was at home."""
        return self.case.state is fieldwork.State.TO_VISIT

    @property
    def limit(self) -> str:
        """The last minute; the end of a day is its 24:00, as the hall says it (LAW-35)."""
        due = local(self.case.due_at)
        if due == midnight(due.date()):
            return f"{due - timedelta(days=1):%m-%d} 24:00"
        return f"{due:%m-%d %H:%M}"

    @property
    def done(self) -> bool:
        """Finished; what remains is the hall's."""
        return self.case.state not in _OPEN


def jobs_today(request: Request) -> list[Job]:
    """In work first, then by address, then what was finished today."""
    by = request.actor
    cases = fieldwork.installer_day(by.user_id, day=local(request.at).date(), scope=by.scope)
    warn = policy_book(hall_id=by.hall_id, at=request.at)[fieldwork.WARN_BEFORE]
    return [as_job(case, at=request.at, warn_before=warn) for case in cases]


def line_of(job: Job, request: Request) -> LineView:
    """The line of one's own job of the day as the network sees it: whoever stands at the door tests it (NET-04, SEC-01)."""
    book = policy_book(hall_id=request.actor.hall_id, at=request.at)
    limits = provisioning.diagnosis_limits(book)
    return line(account=job.case.account, limits=limits, at=request.at, scope=request.actor.scope)


def job_of(request: Request, work_order: int) -> Job:
    """One of today's own jobs; NotFound for anybody else's, so that contacts are seen by who needs them (SEC-01, SEC-10)."""
    for job in jobs_today(request):
        if job.case.id == work_order:
            return job
    raise NotFound(what="这件工单：它不在您今天的单子里", what_en="This job: it is not on your list today")


def as_job(case: fieldwork.WorkOrder, *, at: datetime, warn_before: int) -> Job:
    """The case in the words of the phone."""
    kind = _KINDS.get(case.kind, Text(case.kind, case.kind))
    if case.state not in _OPEN:
        finished = f"{local(case.facts.finished_at):%H:%M}" if case.facts.finished_at else ""
        return Job(case, kind, "good", Text("已完工", "done"), Text(finished, finished), "")
    urgency = fieldwork.urgency(case.due_at, at=at, warn_before=warn_before)
    late = {fieldwork.Urgency.LATE: "bad", fieldwork.Urgency.SOON: "warn"}.get(urgency, "")
    here = case.state is fieldwork.State.IN_WORK
    return Job(
        case,
        kind,
        "info" if here else "plain",
        Text("施工中", "in work") if here else Text("待上门", "to visit"),
        _until(case.due_at, at, urgency),
        late,
    )


def _until(due: datetime, at: datetime, urgency: fieldwork.Urgency) -> Text:
    """How long there is, in words: 超时 2天, 将到时限 3小时后, 11-27 前."""
    zh, en = distance(due - at, "zh"), distance(due - at, "en")
    if urgency is fieldwork.Urgency.LATE:
        return Text(f"超时 {zh.removesuffix('前')}", f"overdue {en.removesuffix(' ago')}")
    if urgency is fieldwork.Urgency.SOON:
        return Text(f"只剩 {zh.removesuffix('后')}", f"only {en.removeprefix('in ')} left")
    return Text(f"{zh.removesuffix('后')}内", f"within {en.removeprefix('in ')}")


def visits_of(
    case: fieldwork.WorkOrder, *, scope: Scope
) -> tuple[fieldwork.Visit | None, list[fieldwork.Visit]]:
    """The visit under way or the one that finished the work, and those that came to nothing."""
    every = fieldwork.visits(case.id, scope=scope)
    last = every[-1] if every and every[-1].done is not False else None
    return last, [visit for visit in every if visit.done is False]


def measured(visit: fieldwork.Visit | None) -> Text | None:
    """The last line test in one line, in the units it is typed in: Mbit/s and per cent."""
    if visit is None or visit.test is None:
        return None
    test = visit.test
    speeds = f"↓ {test.down_kbps / 1000:g} · ↑ {test.up_kbps / 1000:g} Mbit/s"
    loss = f"{test.loss_permille / 10:g}%"
    note = f" · {test.note}" if test.note else ""
    return Text(f"{speeds} · 丢包 {loss}{note}", f"{speeds} · loss {loss}{note}")


def used(visit: fieldwork.Visit | None, catalogue: Mapping[str, fieldwork.Material]) -> list[Used]:
    """What was used on a visit, by the names of the catalogue."""
    return [Used(catalogue[use.code], use.quantity, use.own) for use in (visit.materials if visit else ())]
