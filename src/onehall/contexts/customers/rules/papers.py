"""Which papers must lie on the counter (CUS-01)."""

from collections.abc import Sequence

from onehall.contexts.customers.contracts import Paper, PaperKind, PartyKind
from onehall.contexts.customers.rules.refusals import PapersMissing
from onehall.foundation.values.text import Text

_NAMES = {
    PaperKind.IDENTITY_DOCUMENT: Text("客户证件", "the customer's document"),
    PaperKind.INTRODUCTION_LETTER: Text("单位介绍信", "the letter of introduction"),
    PaperKind.POWER_OF_ATTORNEY: Text("授权委托书", "the power of attorney"),
    PaperKind.AGENT_DOCUMENT: Text("代办人证件", "the agent's document"),
}


def papers_required(kind: PartyKind, *, agent: bool) -> tuple[Paper, ...]:
    """A person: the document, original and copy. An organisation: letter of introduction and sealed power of
    attorney. An agent shows an own document, and leaves a copy of the customer's instead of its original."""
    if kind is PartyKind.ORGANISATION:
        papers = [Paper(PaperKind.INTRODUCTION_LETTER, original=True)]
        papers.append(Paper(PaperKind.POWER_OF_ATTORNEY, original=True, sealed=True))
    else:
        papers = [Paper(PaperKind.IDENTITY_DOCUMENT, original=not agent, copy=True)]
    if agent:
        papers.append(Paper(PaperKind.AGENT_DOCUMENT, original=True, copy=True))
        if kind is PartyKind.ORGANISATION:
            papers.append(Paper(PaperKind.IDENTITY_DOCUMENT, copy=True))
    return tuple(papers)


def check_papers(kind: PartyKind, shown: Sequence[Paper], *, agent: bool, field: str = "papers") -> None:
    """Refuses with the list of what is missing."""
    missing = [text for paper in papers_required(kind, agent=agent) for text in _missing(paper, shown)]
    if missing:
        raise PapersMissing(
            field=field, missing="、".join(m.zh for m in missing), missing_en=", ".join(m.en for m in missing)
        )


def _missing(needed: Paper, shown: Sequence[Paper]) -> list[Text]:
    same = [paper for paper in shown if paper.kind is needed.kind]
    name = _NAMES[needed.kind]
    marks = (
        (needed.original, any(p.original for p in same), Text("原件", "original")),
        (needed.copy, any(p.copy for p in same), Text("复印件", "copy")),
        (needed.sealed, any(p.sealed for p in same), Text("公章", "seal")),
    )
    return [
        Text(name.zh + mark.zh, f"{name.en} ({mark.en})") for asked, seen, mark in marks if asked and not seen
    ]
