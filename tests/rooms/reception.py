"""A hall with its clerk 李敏 and manager 周敏, and people who come to be registered. All numbers are invented."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from onehall.contexts.customers.api import (
    AgentGiven,
    CustomerCard,
    CustomerGiven,
    DocumentGiven,
    DocumentKind,
    Paper,
    PaperKind,
    PartyKind,
    register_customer,
)
from onehall.contexts.customers.rules.documents import check_digit
from onehall.contexts.organisation.models import Hall, Region
from onehall.foundation.identity.models import User
from onehall.foundation.policy import PolicyBook
from onehall.foundation.policy.book import Entry
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import HallId, UserId
from onehall.foundation.values.period import CHINA

NOON = datetime(2026, 11, 21, 12, tzinfo=CHINA)
SOON = NOON + timedelta(minutes=5)
LATER = NOON + timedelta(hours=2)
PERMISSIONS = frozenset({"customer.search", "customer.register", "customer.open", "customer.reveal"})
OWN_PAPERS = (Paper(PaperKind.IDENTITY_DOCUMENT, original=True, copy=True),)
AGENT_PAPERS = (
    Paper(PaperKind.IDENTITY_DOCUMENT, copy=True),
    Paper(PaperKind.AGENT_DOCUMENT, original=True, copy=True),
)


def resident_id(born: str = "19880101", order: str = "123", place: str = "610113") -> str:
    """An invented resident ID with a fitting check digit."""
    return (number := f"{place}{born}{order}") + check_digit(number)


def policies(**values: Any) -> PolicyBook:
    """The room's policies: a purpose holds 30 minutes, a guardian is needed below 14."""
    chosen = {"customers.purpose_validity": 30, "customers.guardian_age": 14} | values
    entries = {
        key: (Entry(i, key, 2, None, None, value, NOON),)
        for i, (key, value) in enumerate(chosen.items(), start=1)
    }
    return PolicyBook(version=len(entries), hall_id=None, region_id=None, at=LATER, entries=entries)


def hall(code: str = "h1") -> HallId:
    """A hall in a region of its own."""
    region = Region.objects.create(code=f"r-{code}", name_zh="试验县", name_en="Test county", changed_at=NOON)
    return HallId(Hall.objects.create(code=code, region=region, compounds=[], changed_at=NOON).pk)


def staff(at_hall: HallId, staff_no: str = "0213", name: str = "李敏") -> Actor:
    """Somebody at work in this hall."""
    user = User.objects.create(staff_no=staff_no, name=name)
    return Actor(
        user_id=UserId(user.pk), name=name, staff_no=staff_no, hall_id=at_hall,
        permissions=PERMISSIONS, halls=frozenset({at_hall}),
    )  # fmt: skip


def wang(**other: Any) -> CustomerGiven:
    """王建国 with his own document and mobile telephone."""
    given = CustomerGiven(
        kind=PartyKind.INDIVIDUAL,
        name="王建国",
        document=DocumentGiven(DocumentKind.RESIDENT_ID, resident_id()),
        phones=("13812346021",),
        papers=OWN_PAPERS,
    )
    return replace(given, **other)


def liu(**other: Any) -> CustomerGiven:
    """刘芳."""
    document = DocumentGiven(DocumentKind.RESIDENT_ID, resident_id("19920315", "226"))
    return wang(name="刘芳", document=document, phones=("13992340077",), **other)


def guardian() -> AgentGiven:
    """刘芳 as somebody's agent."""
    return AgentGiven(
        "刘芳", DocumentGiven(DocumentKind.RESIDENT_ID, resident_id("19920315", "226")), "13992340077"
    )


def register(given: CustomerGiven, by: Actor, **values: Any) -> CustomerCard:
    """Registers in the clerk's hall at noon."""
    return register_customer(given=given, hall_id=by.hall_id, book=policies(**values), by=by, at=NOON)
