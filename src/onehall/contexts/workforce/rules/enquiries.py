"""Who may take which step of an enquiry, and which words are kept (ORD-04, SEC-07)."""

import re

from onehall.contexts.workforce.contracts import Enquiry, NotNow, NotYours, Step, Unsaid
from onehall.foundation.values.text import Text

_LONGEST = 300  # structural: a sentence or two
_NUMBERED = re.compile(r"(?:[0-9０-９][\s-]?){7,}")


def said(typed: str, field: str, name: Text) -> str:
    """The words as they are kept. Refuses none, and long numbers, which belong into the customer's record (SEC-07)."""
    kept = " ".join(typed.split())[:_LONGEST]
    if not kept:
        raise Unsaid(field=field, field_name=name.zh, field_name_en=name.en, why="没有填", why_en="is empty")
    if _NUMBERED.search(kept):
        raise Unsaid(
            field=field,
            field_name=name.zh,
            field_name_en=name.en,
            why="里有长号码",
            why_en="holds a long number",
        )
    return kept


def allow(step: Step, enquiry: Enquiry, person: int) -> None:
    """Refuses a step that is not this person's or not now (ORD-04). Raises NotYours, NotNow.

    Only whoever holds it passes it on or answers; only whoever it was offered to says yes or no; only the first closes.
    """
    if enquiry.closed_at is not None:
        raise NotNow(why="已经办结", why_en="it is closed")
    if step in (Step.ACCEPT, Step.DECLINE):
        if enquiry.offered_to is None:
            raise NotNow(why="没有等接手的转交", why_en="nothing is offered")
        _of(person, enquiry.offered_to, enquiry.offered_name)
    elif step is Step.CLOSE:
        if enquiry.answered_at is None:
            raise NotNow(why="还没有答复客户", why_en="the customer has no answer yet")
        _of(person, enquiry.first, enquiry.first_name)
    else:
        if enquiry.answered_at is not None:
            raise NotNow(why="已经答复", why_en="it is answered")
        _of(person, enquiry.holder, enquiry.holder_name)
        if step is Step.OFFER and enquiry.offered_to is not None:
            raise NotNow(why=f"正在等{enquiry.offered_name}接手", why_en=f"{enquiry.offered_name} was asked")


def _of(person: int, whose: int, name: str) -> None:
    if person != whose:
        raise NotYours(who=name, who_en=name)


def nobody(field: str) -> Unsaid:
    """Whoever was named does not work here, or is the one who names."""
    return Unsaid(
        field=field, field_name="同事", field_name_en="Colleague", why="本厅没有这位同事，或者是您自己",
        why_en="is nobody of this hall, or yourself",
    )  # fmt: skip
