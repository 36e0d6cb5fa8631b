"""A hall in which everything has happened once, and a session for every role in it and in the other hall."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.db import connection
from django.utils.timezone import now

from onehall.contexts.custody import api as custody
from onehall.contexts.customers.api import PurposeKind, PurposeStated, ScanKind, Verification
from onehall.contexts.customers.models import DeletionRequest
from onehall.contexts.fieldwork import api as fieldwork
from onehall.contexts.orders import api as orders
from onehall.contexts.organisation.models import Counter, Hall
from onehall.foundation.documents.contracts import Medium
from onehall.foundation.documents.queries import documents_of
from onehall.foundation.identity.models import Grant, Role, Session, Token, User
from onehall.foundation.identity.queries import presence
from onehall.foundation.identity.services import token_hash
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.values.ids import HallId
from onehall.journeys.ask_signature import ask_signature
from onehall.journeys.assign_installer import assign_installer
from onehall.journeys.dispatch_work_order import dispatch_work_order
from onehall.journeys.hold_basket import hold_basket
from onehall.journeys.issue_acceptance_form import issue_acceptance_form
from onehall.journeys.keep_scan import keep_scan
from onehall.journeys.merge_customers import merge_customers
from onehall.journeys.open_drawer import open_drawer
from onehall.journeys.print_document import print_document
from onehall.journeys.sign_dispatch import sign_dispatch
from onehall.journeys.stage_register import stage_register
from onehall.journeys.state_purpose import state_purpose
from onehall.journeys.subscribe_webhook import subscribe_webhook
from onehall.steps.collection import RECEIPT
from tests import network_life as net
from tests.cast import (
    Cast,
    contact_of,
    dwelling,
    firm_given,
    receipt_of,
    resident_id,
    wang,
    work_of,
)
from tests.conftest_database import PointedTo
from tests.entrances import money_at_work as money
from tests.entrances.people_at_work import people_at_work
from tests.entrances.untouched import undone, written
from tests.pictures import picture
from tests.registers import bring, row, sheet, xlsx

RESIDENT_ID = resident_id(born="19751111", turn=777)
PHONE = "13866667777"
ACCOUNT = "dw0120502"
SELLERS = ("clerk", "manager")
SEATS = {
    ("clerk", "xinyuan"): "3",
    ("manager", "xinyuan"): "4",
    ("clerk", "guandi"): "1",
    ("manager", "guandi"): "2",
}
_SEEN = timedelta(hours=1)
"""Ahead of the clock: however slow the machine, no request of these tests notes that somebody was seen."""


@dataclass(frozen=True)
class SignedIn:
    """A session of somebody who holds one role in one hall, and a programme's token with all that the role may do."""

    actor: Actor
    token: str
    access: str

    @property
    def permissions(self) -> frozenset[str]:
        return self.actor.permissions

    @property
    def everywhere(self) -> bool:
        return self.actor.halls is None


@dataclass
class HallAtWork:
    """`records` of 馨苑厅 by kind; sessions by role `here` in 馨苑厅 and `elsewhere` in 曲江观邸厅."""

    here: dict[str, SignedIn]
    elsewhere: dict[str, SignedIn]
    records: dict[str, Any] = field(default_factory=dict)
    before: str = ""
    telling: tuple[str, ...] = ()
    personal: tuple[str, ...] = ("王建国", RESIDENT_ID, PHONE, ACCOUNT)

    def full_form(self, pattern: str) -> dict[str, Any]:
        """A form as its page would send it, whichever page: everything that any of them asks for."""
        return {
            "intent": str(uuid4()), "due": "880.00", "received": "880.00", "reason": "试", "copies": "3",
            "choice": "new_broadband:bb20-year", "home": self.records["home"], "quantity": "1", "medium": "pdf",
            "project_manager": self.here["project_manager"].actor.user_id, "kind": "installation",
            "installer": self.here["installer"].actor.user_id, "method": "paper", "outcome": "passed",
            "satisfaction": "5", "handled": "满意", "down": "20", "up": "4", "loss": "0", "points": "2", "note": "试",
            "seen": "0", "owner": str(self.records["twin"]), "cause": "changed", "new.phone:new": "13866660001", "name": "馨苑BRAS-9", "address": "10.1.0.9", "coa_port": "3799",
            "how": "试", "language": "en", "wrong": "amount", "level": "gold", "supervisor": self.here["manager"].actor.user_id, "contact_name": "何芳",
            "contact_kind": "resident_id", "contact_document": resident_id(), "until": "2099-12-31", "mandates": "order", "terms": "x", "shown": "x",
            "strokes": '{"width":300,"height":100,"strokes":[[[1,1,0,0.5],[90,40,90,0.5]]]}',
        }  # fmt: skip


@contextmanager
def hall_at_work(database: str, blocker: object) -> Iterator[HallAtWork]:
    """Everything is rolled back in the end."""
    with PointedTo(database, blocker), undone():
        work = _furnish(Cast(now=now()))
        connection.check_constraints()
        work.before = written()
        yield work


def _furnish(cast: Cast) -> HallAtWork:
    work = HallAtWork(here=_sessions(cast, "xinyuan"), elsewhere=_sessions(cast, "guandi"))
    clerk = work.here["clerk"].actor
    sellers = [sessions[role] for sessions in (work.here, work.elsewhere) for role in SELLERS]
    for session in sellers:
        open_drawer(intent=uuid4(), counted={10000: 4, 1000: 10}, remark="", by=session.actor, at=cast.now)
    _sell(work, cast, clerk)
    _dispatch(work, cast, clerk)
    _merge(work, cast, clerk)
    _import(work, cast)
    manager = work.here["manager"].actor
    told = subscribe_webhook(
        intent=uuid4(), title="仓库", url="https://hooks.example/onehall", topics=(), hall_id=manager.hall_id,
        by=manager, at=cast.now,
    )  # fmt: skip
    work.records["webhook"] = told.subscription_id
    work.records |= people_at_work(work.here, work.records["party"], cast.now)
    work.records |= {
        "policy": "fees.router_visit",
        "export": "receipts",
        "rule": "CHG-02",
        "surface": "desk",
        "provider": "wechat",
        "account": ACCOUNT,
        "device": net.device(cast.now),
        "code": work.records["paper_code"],
        "user": clerk.user_id,
        "scan": _scan(work, cast),
        "deletion": DeletionRequest.objects.create(
            party_id=work.records["twin"], hall_id=clerk.hall_id, by_id=clerk.user_id, at=cast.now
        ).pk,
        "token": Token.objects.get(user_id=clerk.user_id).pk,
        "drawer": custody.open_drawers(scope=Scope.of(clerk.hall_id))[0].id,
        **money.papers_at_work(cast, manager),
        "shortage": money.shortage_at_work(cast, manager),
    }
    return work


def _scan(work: HallAtWork, cast: Cast) -> int:
    """A picture of the customer's document, kept by the manager; the clerk has stated no purpose."""
    by, party = cast.sign_in("0201", counter="5"), work.records["party"]
    stated = PurposeStated(PurposeKind.PRESENT_VERIFIED, Verification.ID_DOCUMENT)
    state_purpose(party_id=party, stated=stated, by=by, at=cast.now)
    return keep_scan(
        party_id=party,
        kind=ScanKind.IDENTITY_DOCUMENT,
        purpose="办理宽带",
        content=picture(),
        name="a.png",
        by=by,
        at=cast.now,
    )


def _import(work: HallAtWork, cast: Cast) -> None:
    """One register is in, another one waits for a decision."""
    manager = work.here["manager"].actor
    made = bring(cast, manager, xlsx([row("601")])).made
    assert made is not None
    content = xlsx([row("602")])
    work.records["import"] = made.id
    work.records["upload"] = stage_register(
        sheet=sheet(content), content=content, form="broadband", by=manager, at=cast.now
    )


def _sell(work: HallAtWork, cast: Cast, clerk: Actor) -> None:
    card = cast.registered(clerk, wang(document=RESIDENT_ID, phone=PHONE))
    home = dwelling("dw", "1", "2", "502")
    paid = cast.pay(clerk, cast.basket(clerk, card.id, home, ("new_broadband", "bb20-year")).id)
    receipt = receipt_of(paid)
    (paper,) = documents_of(RECEIPT, receipt.id, scope=Scope.operator())
    job = print_document(intent=uuid4(), document_id=paper.id, medium=Medium.PDF, by=clerk, at=cast.now).job
    issue_acceptance_form(basket_id=paid.basket_id, by=clerk, at=cast.now)
    (sold,) = orders.orders_of_basket(basket_id=paid.basket_id, scope=Scope.operator())
    add_on = money.goods_at_work(cast, clerk, card.id, work.here["manager"].actor)
    waiting = cast.basket(clerk, card.id, home, ("router_setup", "router-setup"))
    neighbour = cast.basket(
        clerk, cast.registered(clerk).id, dwelling("dw", "1", "2", "501"), ("new_broadband", "bb20-year")
    )
    asked = ask_signature(basket_id=waiting.id, by=clerk, at=cast.now)
    hold_basket(basket_id=neighbour.id, reason="缺证件", by=clerk, at=cast.now)
    work.records |= {
        "party": card.id, "home": home, "paid_basket": paid.basket_id, "payment": paid.payment_id,
        "receipt": receipt.id, "book": receipt.book, "document": paper.id, "print_job": job.id, "paper_code": paper.code, "order": sold.id,
        "subscription": sold.subscription_id, "open_basket": waiting.id, "held_basket": neighbour.id, "item": waiting.items[0].id,
        "work_order": work_of(paid).id, "signing": asked.id, "charge": money.charge_at_work(cast, clerk, waiting.id),
        "difference": money.difference_at_work(cast), "add_on": add_on, "principal": "water", "invoice": money.invoice_at_work(cast, clerk),
    }  # fmt: skip
    firm = cast.registered(clerk, firm_given())
    work.records |= {"firm": firm.id, "contact": contact_of(firm.id, clerk, at=cast.now).id}
    work.telling = ("王建国", sold.serial, receipt.number, paper.serial, ACCOUNT)


def _merge(work: HallAtWork, cast: Cast, clerk: Actor) -> None:
    """Somebody with the customer's name and telephone, and two records of 陈静 that were merged."""
    work.records["twin"] = cast.registered(clerk, wang(phone=PHONE)).id
    once, twice = (cast.registered(clerk, wang("陈静", phone="13866660000")).id for _ in range(2))
    work.records["merge"] = merge_customers(
        absorbed=twice, survivor=once, documents_seen=True, reason="两证已核", intent=uuid4(),
        by=work.here["manager"].actor, at=cast.now,
    )  # fmt: skip


def _dispatch(work: HallAtWork, cast: Cast, clerk: Actor) -> None:
    """As far as the installer's list of the day."""
    manager, installer = work.here["project_manager"].actor, work.here["installer"].actor
    case = work.records["work_order"]
    dispatch_work_order(
        intent=uuid4(), work_orders=[case], project_manager=manager.user_id, by=clerk, at=cast.now
    )
    sign_dispatch(
        intent=uuid4(), work_orders=[case], method=fieldwork.Sign.CONFIRMED, by=manager, at=cast.now
    )
    assign_installer(intent=uuid4(), work_order=case, installer=installer.user_id, by=manager, at=cast.now)


def _sessions(cast: Cast, hall: str) -> dict[str, SignedIn]:
    """Somebody for every role of the profile; headquarters holds its role in every hall."""
    return {role.code: _signed_in(cast, role, hall) for role in Role.objects.order_by("code")}


def _signed_in(cast: Cast, role: Role, hall: str) -> SignedIn:
    place = Hall.objects.get(code=hall)
    everywhere = role.code == "headquarters"
    user = User.objects.create(
        staff_no=f"t{place.pk}{role.pk}", name=f"{place.name_zh}{role.name_zh}", must_change=False
    )
    Grant.objects.create(user=user, role=role, hall_id=None if everywhere else place.pk)
    no = SEATS.get((role.code, hall))
    seat = Counter.objects.get(hall_id=place.pk, no=no).pk if no else None
    token = secrets.token_urlsafe(16)
    Session.objects.create(
        token_hash=token_hash(token), user=user, hall_id=HallId(place.pk), counter_id=seat,
        started_at=cast.now, seen_at=cast.now + _SEEN,
    )  # fmt: skip
    found = presence(token=token, at=cast.now)
    assert found is not None
    access = secrets.token_urlsafe(16)
    Token.objects.create(
        token_hash=token_hash(access), name="试", user=user, hall_id=HallId(place.pk), counter_id=seat,
        scopes=role.permissions, issued_at=cast.now, expires_at=cast.now + timedelta(days=1), seen_at=cast.now + _SEEN,
    )  # fmt: skip
    return SignedIn(found.actor, token, access)
