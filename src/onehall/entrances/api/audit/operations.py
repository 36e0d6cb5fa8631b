"""The audit trail, newest first."""

from typing import Any

from ninja import Query
from pydantic import Field

from onehall.entrances.api.shared.operation import Noun
from onehall.entrances.api.shared.paging import Stretch, limit_of, page_of, place_of
from onehall.entrances.api.shared.schema import Moment, Shown
from onehall.foundation.audit import Line, trail
from onehall.foundation.values.text import Text
from onehall.foundation.web.requests import Request

noun = Noun(Text("审计", "Audit trail"))


class AuditLine(Shown):
    """One line; `digest` is its place in the chain, "" while it is not sealed."""

    id: int
    at: Moment
    hall_id: int
    staff_no: str | None
    user_name: str | None
    action: str
    subject: str
    subject_id: str
    rule: str
    policy_version: int | None
    details: dict[str, Any]
    request_id: str
    digest: str


class AuditLines(Shown):
    """Newest first; follow `next` for older ones."""

    items: list[AuditLine]
    next: str | None


class LinesAsked(Stretch):
    """By person, action and subject."""

    staff_no: str = Field("", max_length=60)
    action: str = Field("", max_length=60)
    subject: str = Field("", max_length=60)
    subject_id: str = Field("", max_length=60)


@noun.operation(
    "GET", "/audit", permission="audit.view", words=Text("审计记录", "The audit trail"), shows=AuditLines
)  # fmt: skip
def lines(request: Request, asked: LinesAsked = Query(...)) -> Any:  # noqa: B008 - how a query is declared
    limit = limit_of(request, asked)
    found = trail(
        scope=request.actor.scope, limit=limit + 1, before=place_of(request, asked), staff_no=asked.staff_no,
        action=asked.action, subject=asked.subject, subject_id=asked.subject_id,
    )  # fmt: skip
    place = found[limit - 1].id if len(found) > limit else None
    return page_of(request, [_line(line) for line in found[:limit]], place)


def _line(line: Line) -> dict[str, Any]:
    own = {name: getattr(line, name) for name in AuditLine.model_fields if name != "digest"}
    return {**own, "digest": line.digest.hex() if line.digest else ""}
