"""应备证件 Which papers a service asks of which customer, and which of them are still missing (ORD-03, LAW-14, CUS-05).

A profile lists papers by service, each for everybody (`identity_document`) or for some (`minor:guardian_document`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from onehall.contexts.customers.contracts import PaperKind, PartyKind
from onehall.foundation.refusals import Refusal


class Who(StrEnum):
    """Of whom a paper is asked: whoever the customer is, and beside it the agent who acts."""

    INDIVIDUAL = "individual"
    MINOR = "minor"
    ORGANISATION = "organisation"
    AGENT = "agent"


@dataclass(frozen=True, slots=True)
class Applicant:
    """The customer as far as papers go. `agent` acts for them; a child's guardian is one."""

    kind: PartyKind
    minor: bool = False
    agent: bool = False

    @property
    def roles(self) -> frozenset[Who]:
        """A child is an individual too."""
        base = {Who.ORGANISATION if self.kind is PartyKind.ORGANISATION else Who.INDIVIDUAL}
        return frozenset(
            base | ({Who.MINOR} if self.minor else set()) | ({Who.AGENT} if self.agent else set())
        )


ACTUAL_USER = "actual_user"
"""单位使用人的身份证件: who really uses the telephone of an organisation (CUS-05)."""
_REAL_NAME = (
    str(PaperKind.IDENTITY_DOCUMENT),
    f"{Who.ORGANISATION}:{ACTUAL_USER}",
    f"{Who.AGENT}:{PaperKind.AGENT_DOCUMENT}",
)
"""What a telephone asks for whatever the profile says: no document, no service, the agent's included (LAW-14)."""


def papers_due(listed: Iterable[str], applicant: Applicant, *, real_name: bool = False) -> tuple[str, ...]:
    """The papers asked of this customer, each once, in the profile's order; `real_name` for telephones (LAW-14)."""
    due = [_for(applicant, entry) for entry in (*listed, *(_REAL_NAME if real_name else ()))]
    return tuple(dict.fromkeys(paper for paper in due if paper))


def papers_missing(due: Iterable[str], shown: Iterable[str]) -> tuple[str, ...]:
    """What is due and has not been shown, in the same order."""
    seen = set(shown)
    return tuple(paper for paper in due if paper not in seen)


def _for(applicant: Applicant, entry: str) -> str:
    who, _, paper = entry.rpartition(":")
    return paper if not who or who in applicant.roles else ""


def may_hold_another_number(held: int, *, most: int) -> bool:
    """Whether one more mobile number may stand under a document that has `held` with this operator (CUS-05)."""
    return held < most


class PapersDue(Refusal):
    """The sale waits for papers."""

    code = "customers.papers_due"
    rule = "ORD-03"
    zh = "资料还不齐，不能收款；还缺：{missing}。"
    en = "Papers are still missing and no payment is taken: {missing_en}."
    alternative_zh = "请在受理单旁按“资料”逐项核对；缺的打印一次告知单并挂起，下次接着办。"
    alternative_en = "Go through “Papers” beside the basket; print the slip of what is missing, hold the basket, finish next time."


class NothingMissing(Refusal):
    """A slip of missing papers, and nothing is missing."""

    code = "customers.nothing_missing"
    rule = "ORD-03"
    status = 400
    zh = "资料已经齐了，不用一次告知单。"
    en = "All papers are there; no slip is needed."
    alternative_zh = "请直接收款。"
    alternative_en = "Take the payment."
