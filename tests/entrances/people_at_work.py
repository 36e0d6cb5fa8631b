"""What people at work owe each other, once of each kind: for the hall in which everything has happened once."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import transaction

from onehall.contexts.organisation.models import Person
from onehall.foundation.approvals import EXPORT, Wanted
from onehall.foundation.approvals import services as approvals
from onehall.foundation.bulletins.contracts import NoticeWanted
from onehall.foundation.escalation.contracts import Kind, Level
from onehall.foundation.identity.models import SecondFactor, User
from onehall.foundation.notices.models import Notice
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import PartyId
from onehall.journeys.ask_notice import ask_notice
from onehall.journeys.delegate_approvals import delegate_approvals
from onehall.journeys.record_instruction import record_instruction
from onehall.journeys.report_matter import report_matter
from onehall.journeys.send_notice import send_notice
from onehall.journeys.take_enquiry import take_enquiry
from onehall.journeys.tell_matter import tell_matter


def people_at_work(here: Mapping[str, Any], party: PartyId, at: datetime) -> dict[str, int]:
    """The records by kind; `here` are the sessions of the hall by role."""
    manager, auditor, clerk = (here[role].actor for role in ("manager", "cashier_auditor", "clerk"))
    wanted = Wanted(EXPORT, "receipts", {"list": "receipts"}, 9000, "六月对帐", (auditor.hall_id,))
    with transaction.atomic():
        book = policy_book(hall_id=auditor.hall_id, at=at)
        waiting = approvals.ask(wanted=wanted, book=book, by=auditor, at=at)[0].id
    lent = delegate_approvals(
        to_staff_no=clerk.staff_no,
        start=at,
        end=at + timedelta(days=3),
        reason="休假",
        intent=uuid4(),
        by=manager,
        at=at,
    )
    asked = take_enquiry(what="想把宽带移到隔壁", party_id=party, intent=uuid4(), by=clerk, at=at)
    device = SecondFactor.objects.create(
        user=User.objects.get(staff_no="0201"), kind="passkey", name="试", made_at=at, confirmed_at=at
    )
    person = Person.objects.get(staff_no="0221").pk
    told = {
        "message": message_at_work(party, clerk.hall_id, at),
        "approval": waiting,
        "delegation": lent,
        "enquiry": asked.id,
        "factor": device.pk,
        "person": person,
    }
    return {**told, **_said(manager, clerk, at)}


def message_at_work(party: PartyId, hall_id: int, at: datetime) -> int:
    """A reminder that the gateway did not take."""
    until = at + timedelta(days=7)
    made = Notice.objects.create(
        message_id=uuid4(), key=f"试:{uuid4()}", kind="expiry", recipient="13866667777", text="您的宽带账号dw0120502将于7天后到期",
        made_at=at, next_at=at, not_after=until, state="refused", done_at=at, party_id=party, hall_id=hall_id,
    )  # fmt: skip
    return made.pk


def _said(manager: Actor, clerk: Actor, at: datetime) -> dict[str, int]:
    """A matter that went up, an instruction, and a notice with a question."""
    danger = {"kind": Kind.DANGER, "what": "机房冒烟", "level": Level.DEPARTMENT, "emergency": True}
    matter = report_matter(intent=uuid4(), by=clerk, at=at, **danger)  # type: ignore[arg-type]
    tell_matter(matter_id=matter, level=Level.MANAGER, by=clerk, at=at)
    instruction = record_instruction(
        from_whom="安全科", words="周五检查应急灯", due_on=at.date(), intent=uuid4(), by=manager, at=at
    )
    wanted = NoticeWanted("巡查", "看机房", (manager.hall_id,), (), (), at + timedelta(days=3))
    notice = send_notice(wanted=wanted, intent=uuid4(), by=manager, at=at)
    question = ask_notice(notice_id=notice, text="夜里也要吗", intent=uuid4(), by=clerk, at=at)
    return {"matter": matter, "instruction": instruction, "notice": notice, "question": question}
