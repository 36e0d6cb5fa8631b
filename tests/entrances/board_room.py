"""Who looks at the board, in which browser, at which time; and cases for them to look at."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from onehall.contexts.fieldwork import api as fieldwork
from onehall.foundation.scopes import Actor, Scope
from tests.cast import Cast, work_of

MANAGER, CLERK, PROJECT_MANAGER, AUDITOR = "0201", "0213", "0231", "0241"
PAD = (
    '{"width": 300, "height": 150, "strokes": [[[10, 75, 0, 0.5], [150, 60, 90, 0.5], [290, 80, 180, 0.5]]]}'
)
"""What the pad sends for a line across it."""


@dataclass
class BoardRoom:
    """`cast` keeps the clock; pages are asked for at its time."""

    cast: Cast
    clerk: Actor

    def browser(self, staff_no: str = MANAGER, *, hall: str = "xinyuan", lang: str = "zh") -> Client:
        """A browser in which this person is signed in."""
        actor = self.cast.sign_in(staff_no, hall=hall)
        client = Client()
        client.cookies["onehall_session"] = self.cast.tokens[actor.session_id or 0]
        client.cookies["onehall_lang"] = lang
        return client

    def browser_of(self, actor: Actor) -> Client:
        """The browser in which this person sits already, at their counter."""
        client = Client()
        client.cookies["onehall_session"] = self.cast.tokens[actor.session_id or 0]
        return client

    def sold(self, room: str = "502") -> fieldwork.WorkOrder:
        """王建国 bought broadband: a case that waits to be dispatched."""
        self.cast.later(minutes=5)
        return work_of(self.cast.new_line(self.clerk, room))

    def state(self, case: fieldwork.WorkOrder) -> fieldwork.State:
        """How far the case is by now."""
        return fieldwork.work_order(case.id, scope=Scope.operator()).state

    def dispatched(self, room: str = "502") -> fieldwork.WorkOrder:
        """A case that waits for the project manager's signature."""
        case = self.sold(room)
        answer = post(
            self.browser(), f"/board/work/{case.id}/dispatch", project_manager=case.project_manager_id
        )
        assert answer.status_code == 303
        return case


@pytest.fixture
def room(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> BoardRoom:
    """李敏 at her counter, and browsers that live at the cast's time."""
    monkeypatch.setattr("onehall.foundation.identity.middleware.now", lambda: cast.now)
    return BoardRoom(cast, cast.clerk())


def post(client: Client, address: str, **fields: Any) -> Any:
    """Sends a form with an intent of its own unless one is given."""
    return client.post(address, {"intent": str(uuid4()), **fields})


def words(answer: Any) -> str:
    """What a page says."""
    text: str = answer.content.decode()
    return text
