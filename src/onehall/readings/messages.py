"""客户通知 What customers were told by message, how far each came, and what did not arrive (BIL-06)."""

from collections.abc import Sequence
from dataclasses import dataclass

from onehall.contexts.customers import api as customers
from onehall.foundation.notices import queries
from onehall.foundation.notices.contracts import NoticeView, Step
from onehall.foundation.notices.rules import STATES
from onehall.foundation.scopes import Scope
from onehall.foundation.values.text import Text

KINDS = {
    "expiry": Text("到期提醒", "Reminder of an expiry"), "phone_much": Text("话费突增提醒", "A telephone bill far above the usual"), "phone_low": Text("电话余额提醒", "Little left on a telephone"),
    "phone_out": Text("电话余额用完", "A telephone's money used up"), "phone_call": Text("电话余额用完，没有手机号", "A telephone's money used up, no mobile number"), "phone_stop": Text("电话停机提醒", "A telephone to be stopped"),
}  # fmt: skip
MARKS = {
    "waiting": "info", "sent": "info", "delivered": "good", "failed": "bad", "refused": "bad", "to_call": "bad", "late": "warn", "told": "good",
}  # fmt: skip
_HAPPENED = {"sent": Text("已发出", "sent")}
"""What is said of a step otherwise than of the state: others may have followed."""
_UNKNOWN = Text("其他", "other")


@dataclass(frozen=True, slots=True)
class Message:
    """A message to a customer; `name` "" where the hall knows nobody of it any more, the number covered (SEC-07)."""

    notice: NoticeView
    name: str
    covered: str

    @property
    def kind(self) -> Text:
        """What it is about."""
        return KINDS.get(self.notice.kind, _UNKNOWN)

    @property
    def state(self) -> Text:
        """How far it came, in words."""
        return STATES[self.notice.state]

    @property
    def mark(self) -> str:
        """The colour that stands beside the word."""
        return MARKS[self.notice.state]

    @property
    def steps(self) -> list[tuple[Step, Text]]:
        """What happened, in order."""
        return [(step, _HAPPENED.get(step.state) or STATES[step.state]) for step in self.notice.steps]


def messages(*, state: str, after: int | None, limit: int, scope: Scope) -> list[Message]:
    """The scope's halls' messages, the newest first; see `queries.notices`."""
    return _messages(queries.notices(state=state, after=after, limit=limit, scope=scope), scope)


def message(notice_id: int, *, scope: Scope) -> Message:
    """One of the scope's halls, or NotFound."""
    return _messages([queries.notice(notice_id, scope=scope)], scope)[0]


def messages_of(*, purpose: customers.Purpose, limit: int, scope: Scope) -> list[Message]:
    """What the customer whose record `purpose` opened was told (SEC-01)."""
    everybody = customers.groups([purpose.party_id], scope=scope)[purpose.party_id]
    return _messages(queries.notices_of(everybody, limit=limit), scope)


def _messages(found: Sequence[NoticeView], scope: Scope) -> list[Message]:
    cards = customers.cards([one.party_id for one in found if one.party_id], scope=scope)
    names: dict[int, str] = {party: card.name for party, card in cards.items()}
    return [
        Message(one, names.get(one.party_id, "") if one.party_id else "", customers.mask_phone(one.to))
        for one in found
    ]
