"""What waits for a second person: asked for, looked at, taken back. A programme is no second person and decides nothing (SEC-04)."""

from datetime import datetime
from typing import Any

from pydantic import Field

from onehall.entrances.api.shared.operation import Noun
from onehall.entrances.api.shared.schema import Given, Key, Moment, Number, Shown, Word
from onehall.foundation.approvals import queries as approvals
from onehall.foundation.identity.policies import LIST_LIMIT
from onehall.foundation.policy.services import policy_book
from onehall.foundation.values.period import CHINA
from onehall.foundation.values.text import Text
from onehall.foundation.web.requests import Request
from onehall.journeys.request_activity import request_activity
from onehall.journeys.withdraw_approval import withdraw_approval

noun = Noun(Text("审批", "Approvals"))
_VIEW: dict[str, Any] = {"permission": "approval.ask"}


class Approval(Shown):
    """A request and what became of it; `size` counts in the kind's own unit."""

    id: int
    kind: str
    subject: str
    size: int
    reason: str
    hall_id: int
    asked_by: str
    asked_at: Moment
    expires_at: Moment
    state: str = Field(description="waiting approved declined withdrawn lapsed used")
    decided_by: str
    decided_at: Moment | None
    note: str
    usable_until: Moment | None


class ActivityGiven(Given):
    """An activity outside opening hours, in local time where no offset is named."""

    title: Word = Field(min_length=1)
    start: datetime
    end: datetime


@noun.operation(
    "GET", "/approvals", words=Text("我申请的审批", "What I asked for"), shows=list[Approval], **_VIEW
)
def asked(request: Request) -> Any:
    most = policy_book(hall_id=request.actor.hall_id, at=request.at)[LIST_LIMIT]
    return approvals.asked_by(by=request.actor, at=request.at, limit=most)


@noun.operation("GET", "/approvals/{int:request_id}", words=Text("一项审批", "One request"), shows=Approval, **_VIEW)  # fmt: skip
def show(request: Request, request_id: Number) -> Any:
    return approvals.request(request_id, at=request.at, scope=request.actor.scope)


@noun.operation("POST", "/approvals/{int:request_id}/withdrawal", words=Text("撤回申请", "Take a request back"), shows=Approval, **_VIEW)  # fmt: skip
def withdraw(request: Request, request_id: Number) -> Any:
    withdraw_approval(request_id=request_id, by=request.actor, at=request.at)
    return approvals.request(request_id, at=request.at, scope=request.actor.scope)


@noun.operation("POST", "/approvals/activities", words=Text("申请营业时间外活动", "Ask for an activity outside hours"), shows=Approval, status=201, **_VIEW)  # fmt: skip
def activity(request: Request, given: ActivityGiven, key: Key) -> Any:
    made = request_activity(
        title=given.title, start=_moment(given.start), end=_moment(given.end), intent=key, by=request.actor, at=request.at
    )  # fmt: skip
    return approvals.request(made, at=request.at, scope=request.actor.scope)


def _moment(given: datetime) -> datetime:
    return given if given.tzinfo else given.replace(tzinfo=CHINA)
