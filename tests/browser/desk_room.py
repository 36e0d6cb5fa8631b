"""The desk as tests use it: clerks with open drawers in a hall that really runs, households of their own, hands that count."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from onehall.contexts.custody import api as custody
from onehall.contexts.customers import api as customers
from onehall.contexts.floor.models import Serving
from onehall.contexts.ledger import api as ledger
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.values.ids import PartyId, PremisesId
from onehall.foundation.values.period import CHINA
from onehall.journeys.open_drawer import open_drawer
from tests.browser.conftest import Screen
from tests.cast import Cast, dwelling, wang
from tests.conftest_database import PointedTo
from tests.conftest_server import HallServer

SEATS = {"0213": "3", "0211": "2", "0215": "4"}
"""李敏, 郑洁 and 吴倩 at the general counters of 馨苑厅."""

_homes = itertools.count()


@dataclass(frozen=True)
class Household:
    """A customer, the room, and the last four digits of the phone by which they are found."""

    party_id: PartyId
    name: str
    home: PremisesId
    room: str
    digits: str


@dataclass
class DeskRoom:
    """`cast` tells the time of the hall; `hall` is where the pages are."""

    cast: Cast
    hall: HallServer
    screen: Screen

    def clerk(self, staff_no: str = "0213", *, drawer: bool = True) -> Actor:
        """Signed in at their counter; the drawer is opened once for all tests."""
        actor = self.cast.clerk(staff_no, SEATS[staff_no], drawer=False)
        Serving.objects.filter(counter_id=actor.counter_id, state="serving").update(
            state="ended", ended_at=self.cast.now
        )  # whoever another test left at the counter
        if drawer and custody.drawer_of_clerk(actor.user_id, scope=actor.scope) is None:
            open_drawer(intent=uuid4(), counted={10000: 4, 1000: 10}, remark="", by=actor, at=self.cast.now)
        return actor

    def page(self, by: Actor, path: str = "/desk/", **options: object) -> Page:
        """A window of the person's browser."""
        token = self.cast.tokens[by.session_id or 0]
        return self.screen(f"{self.hall.url}{path}", cookies={"onehall_session": token}, **options)

    def room(self) -> str:
        """A dwelling of 馨苑5号楼 that nobody lives in yet, as one types it."""
        number = next(_homes)
        return f"5-{number // 72 + 1}-{number % 72 // 4 + 1}0{number % 4 + 1}"

    def person(self, by: Actor, name: str = "王建国") -> Household:
        """Somebody registered, without a line."""
        room, digits = self.room(), f"{7000 + next(_homes)}"
        card = self.cast.registered(by, wang(name, phone=f"1390000{digits}"))
        building, unit, number = room.split("-")
        return Household(card.id, name, dwelling("dw", building, unit, number), room, digits)

    def household(self, by: Actor, name: str = "王建国", offering: str = "bb20-year") -> Household:
        """Somebody with a line at home, sold and paid by `by`."""
        found = self.person(by, name)
        basket = self.cast.basket(by, found.party_id, found.home, ("new_broadband", offering))
        self.cast.pay(by, basket.id)
        return found

    def payments(self, found: Household) -> tuple[ledger.Payment, ...]:
        """What the household paid."""
        return ledger.payments_of_party(found.party_id, scope=Scope.operator())

    def opened(self, by: Actor, found: Household, **options: object) -> Page:
        """The household's page, verified."""
        page = self.page(by, f"/desk/customers/{found.party_id}?home={found.home}", **options)
        if page.locator("button[name=purpose]").count():
            page.keyboard.press("1")
            page.wait_for_url("**/desk/customers/*")
            expect(page.locator(".who .marks")).to_be_visible()
            page.goto(f"{self.hall.url}/desk/customers/{found.party_id}?home={found.home}")
        return page


@pytest.fixture
def room(hall_server: HallServer, screen: Screen, django_db_blocker: object) -> Iterator[DeskRoom]:
    with PointedTo(urlsplit(hall_server.database_url).path.strip("/"), django_db_blocker):
        yield DeskRoom(Cast(now=datetime.now(CHINA)), hall_server, screen)


@dataclass
class Hands:
    """A clerk's hands on the keyboard: every stroke counts, except the customer's own data."""

    page: Page
    strokes: int = 0

    def press(self, *keys: str) -> None:
        """One stroke each; a key held with Ctrl or Alt is one."""
        for key in keys:
            self.page.keyboard.press(key)
            self.strokes += 1

    def type(self, text: str) -> None:
        """One stroke a sign."""
        self.page.keyboard.type(text)
        self.strokes += len(text)

    def copy(self, text: str) -> None:
        """The person's own data, read from a document."""
        self.page.keyboard.insert_text(text)


def no_sideways(page: Page) -> None:
    """Nothing stands beyond the right edge."""
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, page.url


def customer(room: DeskRoom, found: Household) -> customers.CustomerCard:
    """The card of a household's customer."""
    return customers.card(found.party_id, scope=Scope.operator())
