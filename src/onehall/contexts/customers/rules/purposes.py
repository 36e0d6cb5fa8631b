"""Why a record may be opened (SEC-01), and to whom it may be told (SEC-02)."""

from datetime import datetime, timedelta

from onehall.contexts.customers.contracts import PurposeKind, PurposeStated
from onehall.contexts.customers.rules.refusals import PurposeIncomplete

SHORTEST_REASON = 4  # structural: keeps out empty words, decides nothing
"""Characters: enough to forbid “1” and “查看”, not enough to stop an emergency."""


def may_be_told(stated: PurposeStated) -> bool:
    """Data is told to the customer alone: a request on somebody else's behalf is refused (SEC-02)."""
    return stated.for_self


def check_purpose(stated: PurposeStated) -> None:
    """Refuses a purpose that lacks what its kind needs, naming the field."""
    if stated.kind is PurposeKind.PRESENT_VERIFIED and stated.verification is None:
        raise PurposeIncomplete(
            field="verification",
            why="没有登记本人如何核验",
            why_en="how the customer was verified is missing",
        )
    if stated.kind is PurposeKind.OPEN_CASE and not stated.case.strip():
        raise PurposeIncomplete(
            field="case", why="没有填业务单号", why_en="the number of the case is missing"
        )
    if stated.kind is PurposeKind.BREAK_GLASS and len(stated.reason.strip()) < SHORTEST_REASON:
        raise PurposeIncomplete(
            field="reason", why="没有写明紧急查看的原因", why_en="the break-glass reason is missing"
        )


def purpose_end(stated_at: datetime, *, minutes: int) -> datetime:
    """Until when the purpose opens the record; the end itself is outside."""
    return stated_at + timedelta(minutes=minutes)
