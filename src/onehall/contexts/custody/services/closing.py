"""Closing a drawer: counted blind, handed in with its reason, sent back or confirmed by somebody else (CSH-01, CSH-03, LAW-40)."""

from collections.abc import Mapping
from datetime import datetime

from onehall.contexts.custody import queries
from onehall.contexts.custody.contracts import Count, CountRefused, Drawer, DrawerNotSettled, NoOpenDrawer
from onehall.contexts.custody.models import DrawerCount, DrawerSession, DrawerStep
from onehall.contexts.custody.rules import check_hand_in, count_total, told
from onehall.foundation.database import in_transaction
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.values.ids import DrawerId, UserId


@in_transaction
def count_drawer(*, counted: Mapping[int, int], by: Actor, at: datetime) -> Count:
    """Counts the clerk's own drawer blind, pieces by denomination in fen. What should be there is frozen beside it.

    Raises NotADenomination, NoOpenDrawer, CountRefused (handed in already).
    """
    amount = count_total(counted)
    drawer = _own(by)
    _not_handed_in(drawer)
    scope = Scope.of(drawer.hall)
    upto = queries.last_entry(drawer.id, scope=scope)
    turn = len(queries.drawer_counts(drawer.id, scope=scope)) + 1
    DrawerCount.objects.create(
        drawer_id=drawer.id,
        turn=turn,
        counted={str(piece): count for piece, count in counted.items() if count},
        amount=amount.fen,
        expected=queries.drawer_standing(drawer.id, scope=scope, upto=upto)[0].balance.fen,
        upto=upto,
        by_id=by.user_id,
        at=at,
    )
    return queries.drawer_counts(drawer.id, scope=scope)[-1]


@in_transaction
def hand_in(*, reason: str, blind_counts: int, by: Actor, at: datetime) -> Count:
    """Hands the clerk's own counted drawer in: from now on nothing is sold from it. Raises NoOpenDrawer, CountRefused."""
    drawer = _own(by)
    _not_handed_in(drawer)
    last = _checked(drawer, reason, blind_counts)
    DrawerSession.objects.filter(pk=drawer.id).update(handed_in_at=at)
    _step("handed_in", last, reason, by, at)
    return last


@in_transaction
def send_back(*, drawer_id: DrawerId, reason: str, by: Actor, at: datetime) -> Drawer:
    """Gives a drawer back to its clerk, to be counted again. Raises NotFound, CountRefused."""
    drawer = _handed_in(drawer_id, by)
    if not reason.strip():
        raise CountRefused(
            field="note", why="退回要写明原因", why_en="Sending back needs its reason",
            do="请写一句，营业员看得到。", do_en="Write a sentence; the clerk reads it.",
        )  # fmt: skip
    DrawerSession.objects.filter(pk=drawer.id).update(handed_in_at=None)
    _step("returned", _counted(drawer), reason, by, at)
    return queries.drawer(drawer.id, scope=by.scope)


@in_transaction
def confirm_drawer(*, drawer_id: DrawerId, reason: str, by: Actor, at: datetime) -> Drawer:
    """Closes a drawer that was handed in: the difference is recorded for good, the clerk may leave.

    `reason` is the confirmer's remark; where it is empty the clerk's reason stands. Raises NotFound, CountRefused.
    Whether this person may confirm is the caller's question; the database refuses the clerk's own.
    """
    drawer = _handed_in(drawer_id, by)
    said = queries.drawer_steps(drawer.id, scope=by.scope)[-1].reason
    _step("confirmed", _counted(drawer), reason.strip() or said, by, at)
    DrawerSession.objects.filter(pk=drawer.id).update(closed_at=at, confirmed_by_id=by.user_id)
    return queries.drawer(drawer.id, scope=by.scope)


@in_transaction
def close_cashless(*, drawer_id: DrawerId, by: Actor, at: datetime) -> Drawer:
    """Closes the drawer of a counter that takes no cash: nothing lies there, so nobody counts it and nobody else looks (CSH-03).

    Raises NoOpenDrawer, CountRefused where cash did pass; the database refuses it for any other drawer.
    """
    count_drawer(counted={}, by=by, at=at)
    hand_in(reason="", blind_counts=1, by=by, at=at)
    return confirm_drawer(drawer_id=drawer_id, reason="", by=by, at=at)


@in_transaction
def check_may_leave(*, clerk: UserId) -> None:
    """Nobody leaves with a drawer that is not confirmed. Raises DrawerNotSettled (CSH-03)."""
    drawer = queries.drawer_of_clerk(clerk, scope=Scope.operator())
    if drawer is None:
        return
    if drawer.handed_in_at is None:
        raise DrawerNotSettled(why="还没有清点交账", why_en="is not counted and handed in")
    raise DrawerNotSettled(
        why="已交账，值班经理还没有确认", why_en="is handed in but not confirmed by the duty manager"
    )


def _own(by: Actor) -> Drawer:
    """The clerk's own drawer at their counter, held against every sale and every other hand."""
    if by.counter_id is None:
        raise NoOpenDrawer()
    row = (
        DrawerSession.objects.select_for_update(no_key=True)
        .filter(by_id=by.user_id, counter_id=by.counter_id, closed_at=None)
        .first()
    )
    if row is None:
        raise NoOpenDrawer()
    return queries.drawer(DrawerId(row.pk), scope=Scope.operator())


def _handed_in(drawer_id: DrawerId, by: Actor) -> Drawer:
    """The drawer, held; of two who decide at once the second waits here and sees what the first did."""
    DrawerSession.objects.select_for_update(no_key=True).filter(pk=drawer_id).first()
    drawer = queries.drawer(drawer_id, scope=by.scope)
    if drawer.handed_in_at is None or drawer.closed_at is not None:
        done = drawer.closed_at is not None
        raise CountRefused(
            why="这个钱箱已经确认过了" if done else "这个钱箱没有交账，或已退回营业员",
            why_en="This drawer is confirmed already" if done else "This drawer is not handed in, or was sent back",
            do="请刷新页面查看。", do_en="Reload the page.",
        )  # fmt: skip
    return drawer


def _not_handed_in(drawer: Drawer) -> None:
    if drawer.handed_in_at is not None:
        raise CountRefused(
            why="钱箱已经交账", why_en="The drawer is handed in already",
            do="请等值班经理确认；要改，请他退回。", do_en="Wait for the duty manager, or ask to have it sent back.",
        )  # fmt: skip


def _checked(drawer: Drawer, reason: str, blind_counts: int) -> Count:
    scope = Scope.of(drawer.hall)
    counts, last = (
        queries.drawer_counts(drawer.id, scope=scope),
        queries.standing_count(drawer.id, scope=scope),
    )
    latest = counts[-1] if counts else None
    seen = told(turn=latest.turn, difference=latest.difference, blind_counts=blind_counts) if latest else None
    check_hand_in(told=seen, stale=latest is not None and last is None, reason=reason)
    return counts[-1]


def _counted(drawer: Drawer) -> Count:
    return queries.drawer_counts(drawer.id, scope=Scope.of(drawer.hall))[-1]


def _step(kind: str, count: Count, reason: str, by: Actor, at: datetime) -> None:
    DrawerStep.objects.create(
        drawer_id=count.drawer, count_id=count.id, kind=kind, difference=count.difference.fen,
        reason=reason.strip()[:200], by_id=by.user_id, at=at,
    )  # fmt: skip
