"""A sale that needs a visit: 王建国 at 馨苑 1-2-502, clerk 李敏, project manager 钱军, installers 赵刚 and 孙涛."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from onehall.contexts.customers.models import Premises
from onehall.contexts.fieldwork.api import (
    CallOutcome,
    Contact,
    LineTest,
    MaterialUse,
    Sign,
    Strokes,
    WorkOrder,
    assign,
    dispatch,
    establish_material,
    finish_visit,
    issue_work_order,
    record_call,
    record_test,
    return_sheet,
    sign_dispatch,
    start_visit,
)
from onehall.contexts.orders.models import ServiceOrder
from onehall.foundation.identity.models import User
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import SessionId, UserId
from onehall.foundation.values.text import Text
from tests.rooms.till import NOON, Till, till

STROKES: Strokes = (((0.1, 0.5, 0.0, 0.4), (0.4, 0.3, 120.0, 0.6), (0.8, 0.6, 260.0, 0.5)),)
TEST = LineTest(down_kbps=20_480, up_kbps=4_096, loss_permille=0, note="正常")
CABLE = MaterialUse("patch_cable", 1)
WORK = frozenset(
    {
        "work.dispatch",
        "work.accept",
        "work.assign",
        "work.visit",
        "work.return",
        "work.followup",
        "work.archive",
    }
)
_orders = count(1)


@dataclass(frozen=True)
class Site:
    """The people around a work order; `at(n)` is n minutes after noon."""

    till: Till
    clerk: Actor
    manager: Actor
    installer: Actor
    other: Actor

    @staticmethod
    def at(minutes: int) -> datetime:
        return NOON + timedelta(minutes=minutes)

    def order(self, **other: Any) -> WorkOrder:
        """Another paid broadband, with its work order."""
        number = next(_orders)
        paid = ServiceOrder.objects.create(
            hall_id=self.till.hall, basket_id=self.till.basket(), line=1, kind="new_broadband", offering="20m-year",
            price_version=1, name_zh="宽带20M包年", name_en="Broadband 20M, a year", quantity=1, amount_fen=88_000,
            revenue_account="6001.broadband", party_id=self.till.party, dwelling_id=self.dwelling, policy_version=1,
            accepted_at=NOON, by_id=self.clerk.user_id,
        )  # fmt: skip
        facts: dict[str, Any] = {
            "hall_id": self.till.hall,
            "order_id": paid.pk,
            "party_id": self.till.party,
            "dwelling_id": self.dwelling,
            "subscription_id": None,
            "compound": "dw",
            "kind": "new_broadband",
            "serial": f"DW20261121{number:03}",
            "account": f"dw0120{number:03}",
            "contact": Contact("王建国", "13812346021"),
            "address": "馨苑 1号楼 2单元 502室",
            "offering": Text("宽带20M包年", "Broadband 20M, a year"),
            "points": 2,
            "follow_up": True,
            "start_on": None,
            "department": "馨苑经营部",
            "project_manager_id": self.manager.user_id,
            "accepted_at": NOON,
            "dispatch_by": self.at(360),
            "due_at": self.at(5 * 1440),
            "policy_version": 1,
        }
        return issue_work_order(**{**facts, **other}, by=self.clerk, at=NOON)

    @property
    def dwelling(self) -> int:
        return Premises.objects.get_or_create(
            path="dw",
            defaults={
                "kind": "compound",
                "full_label": "馨苑",
                "full_label_en": "Xinyuan",
                "established_at": NOON,
            },
        )[0].pk

    def dispatched(self, **other: Any) -> WorkOrder:
        case = self.order(**other)
        return dispatch(
            work_order_id=case.id, project_manager_id=self.manager.user_id, by=self.clerk, at=self.at(10)
        )

    def assigned(self, **other: Any) -> WorkOrder:
        case = self.dispatched(**other)
        sign_dispatch(work_order_id=case.id, method=Sign.CONFIRMED, by=self.manager, at=self.at(20))
        return assign(
            work_order_id=case.id, installer_id=self.installer.user_id, by=self.manager, at=self.at(30)
        )

    def in_work(self, **other: Any) -> WorkOrder:
        case = self.assigned(**other)
        return start_visit(work_order_id=case.id, by=self.installer, at=self.at(60))

    def finish(self, case: WorkOrder, **other: Any) -> WorkOrder:
        facts: dict[str, Any] = {
            "points": 2,
            "materials": [CABLE],
            "method": Sign.STROKES,
            "strokes": STROKES,
            "note": "",
            "return_by": self.at(1440),
        }
        return finish_visit(work_order_id=case.id, **{**facts, **other}, by=self.installer, at=self.at(90))

    def finished(self, **other: Any) -> WorkOrder:
        case = self.in_work(**other)
        record_test(work_order_id=case.id, test=TEST, by=self.installer, at=self.at(80))
        return self.finish(case)

    def returned(self, **other: Any) -> WorkOrder:
        case = self.finished(**other)
        return return_sheet(
            work_order_id=case.id, method=Sign.PAPER, note="", follow_up_due=self.at(720), by=self.clerk,
            at=self.at(120),
        )  # fmt: skip

    def called(self, case: WorkOrder, outcome: CallOutcome, minutes: int) -> WorkOrder:
        return record_call(
            work_order_id=case.id, outcome=outcome,
            satisfaction=None if outcome is CallOutcome.UNANSWERED else 4, handled="已解释",
            next_due=self.at(minutes + 180), by=self.clerk, at=self.at(minutes),
        )  # fmt: skip


def site(staff_no: str = "0213") -> Site:
    """A hall with its people; the profile's materials stand in the catalogue."""
    here = till(staff_no=staff_no)
    establish_material(
        code="patch_cable", name=Text("3米网线", "3 m patch cable"), unit=Text("根", "cable"), free_quantity=1
    )
    clerk = replace(here.clerk, permissions=WORK)
    return Site(
        here,
        clerk,
        _colleague(clerk, "1", "钱军"),
        _colleague(clerk, "2", "赵刚"),
        _colleague(clerk, "3", "孙涛"),
    )


def _colleague(clerk: Actor, suffix: str, name: str) -> Actor:
    user = User.objects.create(staff_no=clerk.staff_no + suffix, name=name)
    return replace(
        clerk,
        user_id=UserId(user.pk),
        staff_no=user.staff_no,
        name=name,
        counter_id=None,
        session_id=SessionId(user.pk),
    )
