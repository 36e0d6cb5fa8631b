"""Cases at every stage of field work in a whole hall, and the browsers of those who work on them."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import uuid4

from django.test import Client

from onehall.contexts.custody import api as custody
from onehall.contexts.fieldwork import api as fieldwork
from onehall.contexts.fieldwork.api import LineTest, MaterialUse, Sign, WorkOrder
from onehall.contexts.floor.models import Serving
from onehall.foundation.scopes import Actor, Scope
from onehall.journeys.assign_installer import assign_installer
from onehall.journeys.dispatch_work_order import dispatch_work_order
from onehall.journeys.finish_visit import finish_visit
from onehall.journeys.record_line_test import record_line_test
from onehall.journeys.return_sheet import return_sheet
from onehall.journeys.sign_dispatch import sign_dispatch
from onehall.journeys.start_visit import start_visit
from tests.cast import Cast, dwelling, wang, work_of

STROKES = (((0.1, 0.5, 0.0, 0.5), (0.8, 0.4, 200.0, 0.5)),)
CLERK, AGENT, MANAGER, INSTALLER, COLLEAGUE = "0213", "0221", "0231", "0232", "0234"


def intent() -> str:
    """A number for a form."""
    return str(uuid4())


@dataclass
class Worksite:
    """`cast` keeps the clock; every step takes some minutes."""

    cast: Cast

    def who(self, staff_no: str, hall: str = "xinyuan") -> Actor:
        """Signed in now."""
        return self.cast.sign_in(staff_no, hall=hall, counter="3" if staff_no == CLERK else None)

    def browser(self, staff_no: str, hall: str = "xinyuan", lang: str = "zh") -> Client:
        """A browser in which this person is signed in."""
        actor = self.who(staff_no, hall)
        client = Client()
        client.cookies["onehall_session"] = self.cast.tokens[actor.session_id or 0]
        client.cookies["onehall_lang"] = lang
        return client

    def now(self, case: WorkOrder) -> WorkOrder:
        """The case as it stands."""
        return fieldwork.work_order(case.id, scope=Scope.operator())

    def to_visit(self, room: str = "502", name: str = "王建国", installer: str = INSTALLER) -> WorkOrder:
        """Sold, dispatched, signed for, assigned."""
        clerk = self.who(CLERK)
        if custody.drawer_of_clerk(clerk.user_id, scope=clerk.scope) is None:
            clerk = self.cast.clerk()
        card = self.cast.registered(clerk, wang(name))
        Serving.objects.filter(counter_id=clerk.counter_id, state="serving").update(
            state="ended", ended_at=self.cast.now
        )  # whoever another story left at the counter
        basket = self.cast.basket(
            clerk, card.id, dwelling("dw", "1", "2", room), ("new_broadband", "bb20-year")
        )
        case = work_of(self.cast.pay(clerk, basket.id))
        manager = self.who(MANAGER)
        given = {"work_orders": [case.id], "at": self.cast.later(minutes=5)}
        dispatch_work_order(intent=uuid4(), project_manager=manager.user_id, by=clerk, **given)
        sign_dispatch(intent=uuid4(), method=Sign.CONFIRMED, by=manager, **given)
        goes = self.who(installer).user_id
        return assign_installer(
            intent=uuid4(), work_order=case.id, installer=goes, by=manager, at=self.cast.now
        )

    def in_work(self, room: str = "502", name: str = "王建国", *, tested: bool = True) -> WorkOrder:
        """The installer is at the door."""
        case = self.to_visit(room, name)
        by = self.who(INSTALLER)
        start_visit(intent=uuid4(), work_order=case.id, by=by, at=self.cast.later(minutes=30))
        if tested:
            test = LineTest(19_600, 4_100, 0, "稳定")
            record_line_test(
                intent=uuid4(), work_order=case.id, test=test, by=by, at=self.cast.later(minutes=5)
            )
        return self.now(case)

    def finished(self, room: str = "502", name: str = "王建国", *, method: Sign = Sign.PAPER) -> WorkOrder:
        """Tested and signed."""
        case = self.in_work(room, name)
        return finish_visit(
            intent=uuid4(), work_order=case.id, points=1,
            materials=[MaterialUse("patch-3m", 1), MaterialUse("cable", 12, own=True)], method=method,
            strokes=STROKES if method is Sign.STROKES else None, by=self.who(INSTALLER),
            at=self.cast.later(minutes=10),
        )  # fmt: skip

    def returned(self, room: str = "502", name: str = "王建国") -> WorkOrder:
        """The sheet is back: a call is owed."""
        case = self.finished(room, name)
        at = self.cast.later(minutes=30)
        return return_sheet(intent=uuid4(), work_order=case.id, method=Sign.PAPER, by=self.who(CLERK), at=at)


def in_order(page: str, words: Iterable[str]) -> bool:
    """Whether the words stand on the page in this order."""
    places = [page.find(word) for word in words]
    return -1 not in places and places == sorted(places)
