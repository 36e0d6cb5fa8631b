"""The steps of the demo's story that happen to a work order: from the dispatch register to the archive."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from onehall.contexts.fieldwork import api as fieldwork
from onehall.foundation.profiles.story import StepName
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import UserId
from onehall.journeys.archive_case import archive_case
from onehall.journeys.assign_installer import assign_installer
from onehall.journeys.dispatch_work_order import dispatch_work_order
from onehall.journeys.finish_visit import finish_visit
from onehall.journeys.record_follow_up import record_follow_up
from onehall.journeys.record_line_test import record_line_test
from onehall.journeys.return_sheet import return_sheet
from onehall.journeys.sign_dispatch import sign_dispatch
from onehall.journeys.start_visit import start_visit


def intent(*words: object) -> UUID:
    """The same words, the same intent: what was done in a telling that broke off is not done again."""
    return uuid5(NAMESPACE_URL, "/".join(("onehall-demo", *(str(word) for word in words))))


@dataclass(frozen=True, slots=True)
class Task:
    """One step of one work order: `facts` from the story, `users` the logins by staff number."""

    key: UUID
    work: fieldwork.WorkOrder
    facts: Mapping[str, Any]
    users: Mapping[str, UserId]
    by: Actor
    at: datetime

    @property
    def common(self) -> dict[str, Any]:
        """What every journey of field work is told."""
        return {"intent": self.key, "by": self.by, "at": self.at}


def _dispatch(task: Task) -> None:
    manager = task.work.project_manager_id
    assert manager is not None  # noqa: S101 - the demo's departments all have one
    dispatch_work_order(work_orders=[task.work.id], project_manager=manager, **task.common)


def _sign_dispatch(task: Task) -> None:
    method = fieldwork.Sign(task.facts["method"])
    sign_dispatch(work_orders=[task.work.id], method=method, **task.common)


def _assign(task: Task) -> None:
    installer = task.users[task.facts["installer"]]
    assign_installer(work_order=task.work.id, installer=installer, **task.common)


def _start_visit(task: Task) -> None:
    start_visit(work_order=task.work.id, **task.common)


def _record_test(task: Task) -> None:
    record_line_test(work_order=task.work.id, test=fieldwork.LineTest(**task.facts), **task.common)


def _finish_visit(task: Task) -> None:
    finish_visit(
        work_order=task.work.id,
        points=task.work.points or task.facts["points"],
        materials=[fieldwork.MaterialUse(**use) for use in task.facts["materials"]],
        method=fieldwork.Sign(task.facts["method"]),
        **task.common,
    )


def _return_sheet(task: Task) -> None:
    return_sheet(work_order=task.work.id, method=fieldwork.Sign(task.facts["method"]), **task.common)


def _follow_up(task: Task) -> None:
    """Work that owes no call is archived without one."""
    if task.work.facts.follow_up:
        record_follow_up(
            work_order=task.work.id,
            outcome=fieldwork.CallOutcome(task.facts["outcome"]),
            satisfaction=task.facts.get("satisfaction"),
            handled=task.facts["handled"],
            **task.common,
        )


def _archive(task: Task) -> None:
    archive_case(work_order=task.work.id, **task.common)


STEPS: dict[StepName, Callable[[Task], None]] = {
    "dispatch": _dispatch, "sign_dispatch": _sign_dispatch, "assign": _assign, "start_visit": _start_visit,
    "record_test": _record_test, "finish_visit": _finish_visit, "return_sheet": _return_sheet,
    "follow_up": _follow_up, "archive": _archive,
}  # fmt: skip
