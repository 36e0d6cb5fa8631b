"""Writes of workforce: one verb each, inside the caller's transaction."""

from datetime import date, datetime, timedelta

from onehall.contexts.workforce import contracts, rules
from onehall.contexts.workforce.contracts import Step
from onehall.contexts.workforce.models import Enquiry, EnquiryAnswer, EnquiryClosing, Handover, Keeper, Lesson
from onehall.contexts.workforce.policies import ENQUIRY_HOURS
from onehall.contexts.workforce.queries import enquiry
from onehall.foundation.database import in_transaction
from onehall.foundation.policy import PolicyBook
from onehall.foundation.scopes import Actor
from onehall.foundation.values.period import local
from onehall.foundation.values.text import Text

CONFIDENTIALITY = "confidentiality"

_WHAT, _NOTE = Text("咨询内容", "What was asked"), Text("交接说明", "Note")
_EXAM, _KEPT = Text("怎么考核的", "How it was tested"), Text("设备或区域", "Device or corner")
_OUTCOME, _REMARK = Text("答复", "Answer"), Text("原因", "Reason")


@in_transaction
def take_enquiry(
    *, what: str, party_id: int | None, book: PolicyBook, by: Actor, at: datetime
) -> contracts.Enquiry:
    """From now on `by` is responsible to the end (ORD-04). Raises Unsaid."""
    due = at + timedelta(hours=book[ENQUIRY_HOURS])
    made = Enquiry.objects.create(
        hall_id=by.hall_id, what=rules.said(what, "what", _WHAT), party_id=party_id, first_id=by.user_id, taken_at=at,
        due_at=due,
    )  # fmt: skip
    return enquiry(made.pk, scope=by.scope)


@in_transaction
def record_lesson(*, person_id: int, passed_on: date, note: str, by: Actor, at: datetime) -> None:
    """The confidentiality lesson is passed (SEC-06). Raises Unsaid without a word on how, or for a day to come."""
    if passed_on > local(at).date():
        raise contracts.Unsaid(
            field="passed_on", field_name="日期", field_name_en="Day", why="还没有到", why_en="lies ahead"
        )
    Lesson.objects.create(
        person_id=person_id, topic=CONFIDENTIALITY, passed_on=passed_on, note=rules.said(note, "note", _EXAM),
        by_id=by.user_id, at=at,
    )  # fmt: skip


@in_transaction
def name_keeper(
    *, hall_id: int, duty: contracts.Duty, what: str, person_id: int, by: Actor, at: datetime
) -> None:
    """From now on this person keeps it, whoever did before (ORG-08). Devices and corners are named. Raises Unsaid."""
    named = duty in (contracts.Duty.DEVICE, contracts.Duty.CORNER)
    kept = rules.said(what, "what", _KEPT)[:60] if named else ""
    before = Keeper.objects.select_for_update().filter(
        hall_id=hall_id, duty=duty.value, what=kept, ended_at=None
    )
    if before.filter(person_id=person_id).exists():
        return
    before.update(ended_at=at)
    Keeper.objects.create(
        hall_id=hall_id, duty=duty.value, what=kept, person_id=person_id, named_by_id=by.user_id, named_at=at
    )


@in_transaction
def offer_enquiry(*, enquiry_id: int, to: int, note: str, by: Actor, at: datetime) -> contracts.Enquiry:
    """Asks a colleague to take it over; until they accept, it stays where it is. Raises NotFound, NotYours, NotNow, Unsaid."""
    _locked(enquiry_id, Step.OFFER, by)
    Handover.objects.create(
        enquiry_id=enquiry_id,
        giver_id=by.user_id,
        taker_id=to,
        note=rules.said(note, "note", _NOTE),
        offered_at=at,
    )
    return enquiry(enquiry_id, scope=by.scope)


@in_transaction
def answer_offer(*, enquiry_id: int, accept: bool, remark: str, by: Actor, at: datetime) -> contracts.Enquiry:
    """The receiver says yes, or no with a reason. Raises NotFound, NotYours, NotNow, Unsaid."""
    _locked(enquiry_id, Step.ACCEPT if accept else Step.DECLINE, by)
    kept = rules.said(remark, "remark", _REMARK) if not accept or remark.strip() else ""
    waiting = Handover.objects.filter(enquiry_id=enquiry_id, accepted=None)
    waiting.update(accepted=accept, answered_at=at, remark=kept)
    return enquiry(enquiry_id, scope=by.scope)


@in_transaction
def answer_enquiry(*, enquiry_id: int, outcome: str, by: Actor, at: datetime) -> contracts.Enquiry:
    """The customer has an answer; an offer that still waits falls away. By the first responsible it is closed by that, too.

    Raises NotFound, NotYours, NotNow, Unsaid.
    """
    before = _locked(enquiry_id, Step.ANSWER, by)
    kept = rules.said(outcome, "outcome", _OUTCOME)
    waiting = Handover.objects.filter(enquiry_id=enquiry_id, accepted=None)
    waiting.update(accepted=False, answered_at=at, remark="已答复 answered")
    EnquiryAnswer.objects.create(enquiry_id=enquiry_id, by_id=by.user_id, outcome=kept, at=at)
    if before.first == by.user_id:
        EnquiryClosing.objects.create(enquiry_id=enquiry_id, by_id=by.user_id, at=at)
    return enquiry(enquiry_id, scope=by.scope)


@in_transaction
def close_enquiry(*, enquiry_id: int, by: Actor, at: datetime) -> contracts.Enquiry:
    """The first responsible has made sure that the customer is served. Raises NotFound, NotYours, NotNow."""
    _locked(enquiry_id, Step.CLOSE, by)
    EnquiryClosing.objects.create(enquiry_id=enquiry_id, by_id=by.user_id, at=at)
    return enquiry(enquiry_id, scope=by.scope)


def _locked(enquiry_id: int, step: Step, by: Actor) -> contracts.Enquiry:
    """Held until the transaction ends, so that of two hands one sees what the other did."""
    Enquiry.objects.select_for_update().filter(pk=enquiry_id).first()
    now = enquiry(enquiry_id, scope=by.scope)
    rules.allow(step, now, by.user_id)
    return now
