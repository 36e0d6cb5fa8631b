"""Asking somebody at a counter's display to check and sign a stored paper: what it is, and why it may be over (LAW-32)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from onehall.foundation.refusals import Refusal
from onehall.foundation.values.ids import CounterId, DocumentId, HallId


class Wrong(StrEnum):
    """What a customer says is wrong with the form that is shown."""

    PARTICULARS = "particulars"
    SERVICES = "services"
    AMOUNT = "amount"
    TERMS = "terms"
    THINK = "think"


class SigningState(StrEnum):
    """Where a request to sign stands. CHANGED: nobody ended it, but the basket is not what was shown any more."""

    WAITING = "waiting"
    CHANGED = "changed"
    SIGNED = "signed"
    OBJECTED = "objected"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Signing:
    """A request to sign at one counter's display, over one stored paper and its hash; `subject_id` is what the paper is about.

    `stamp` says in whatever words of the asker how that stood when the paper was shown.
    """

    id: int
    hall_id: HallId
    counter_id: CounterId
    subject: str
    subject_id: int
    document_id: DocumentId
    sha256: str
    stamp: str
    asked_at: datetime
    state: SigningState
    wrong: Wrong | None
    ended_at: datetime | None

    def now(self, stamp: str) -> SigningState:
        """The state, seen from how its subject stands now."""
        waits = self.state is SigningState.WAITING
        return SigningState.CHANGED if waits and stamp != self.stamp else self.state


class SigningOver(Refusal):
    """The page is older than what the desk did, or was pressed twice."""

    code = "documents.signing_over"
    rule = "ORD-02"
    zh = "这次签名{why}，没有再记一次。"
    en = "This request to sign {why_en}; nothing was recorded again."
    alternative_zh = "需要签名的，请营业员按受理单重新请您签名。"
    alternative_en = "Where a signature is wanted, the clerk asks for it again."


class SignedElsewhere(Refusal):
    """Another counter's display."""

    code = "documents.signing_elsewhere"
    rule = "LAW-32"
    zh = "这张受理单在另一个台席请客户签名，不能在这里签。"
    en = "This form is to be signed at another counter, not here."
    alternative_zh = "请客户在为他办理的台席签名。"
    alternative_en = "The customer signs at the counter that serves them."


_WHY = {
    SigningState.SIGNED: ("已经签好", "is signed already"),
    SigningState.OBJECTED: ("已经由客户退回", "was sent back by the customer"),
    SigningState.WITHDRAWN: ("已由营业员取消", "was withdrawn by the clerk"),
    SigningState.CHANGED: ("因受理单变化已失效", "ended when the basket changed"),
}


def over(state: SigningState) -> SigningOver:
    """Why an answer comes too late."""
    why, why_en = _WHY[state]
    return SigningOver(why=why, why_en=why_en)
