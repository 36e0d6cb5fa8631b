"""The counter at which a hall serves customers without anybody: who is its clerk, whom it serves, its drawer of the day (decision 0063)."""

from datetime import datetime
from typing import Any

from onehall.contexts.acquiring import api as acquiring
from onehall.contexts.catalogue import api as catalogue
from onehall.contexts.custody import api as custody
from onehall.contexts.customers import api as customers
from onehall.contexts.ledger import api as ledger
from onehall.contexts.organisation import api as organisation
from onehall.contexts.subscriptions import api as subscriptions
from onehall.contexts.voice import api as voice
from onehall.foundation.audit import record
from onehall.foundation.identity.queries import service_actor
from onehall.foundation.outbox import publish
from onehall.foundation.policy import PolicyBook
from onehall.foundation.refusals import Refusal
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.values.ids import CounterId, HallId
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import local
from onehall.steps.cash_books import book_closed, book_opened
from onehall.steps.charging import acquirer
from onehall.steps.drawer_papers import issue_drawer_report

_ALL = Scope.operator()


class NotOnline(Refusal):
    """The hall takes no money on the web, or none by this means."""

    code = "online.not_served"
    rule = "PAY-03"
    zh = "{why}。"
    en = "{why_en}."
    alternative_zh = "请到营业厅报号码充值，收款后立即到帐。"
    alternative_en = "Recharge at the hall: it counts as soon as it is paid."


class AtTheHallOnly(Refusal):
    """A partner's line that is paid only at the service point."""

    code = "online.at_the_hall_only"
    rule = "CAT-06"
    zh = "{number} 只能在营业厅缴费。"
    en = "{number} is paid only at the hall."
    alternative_zh = "请到营业厅报号码充值，收款后立即到帐。"
    alternative_en = "Recharge at the hall: it counts as soon as it is paid."


def hall_of(subscription: subscriptions.Subscription) -> organisation.Hall | None:
    """The hall that serves the dwelling of a line."""
    compound = customers.premises(subscription.dwelling_id, scope=_ALL).compound
    return next((hall for hall in organisation.halls(scope=_ALL) if compound in hall.compounds), None)


def online_clerk(hall: HallId) -> Actor | None:
    """The service account at the hall's online counter; None where the hall has none."""
    found = organisation.online_counter(hall, scope=_ALL)
    if found is None or found.online_clerk is None:
        return None
    return service_actor(user_id=found.online_clerk, hall_id=hall, counter_id=found.id)


def check_served_online(
    line: voice.Line, clerk: Actor | None, *, book: PolicyBook
) -> tuple[Actor, tuple[acquiring.Provider, ...]]:
    """Who takes a recharge of this line on the web, and by which means. Raises NotOnline, AtTheHallOnly."""
    if line.state.partner in book[catalogue.RESTRICTED_SOURCES]:
        raise AtTheHallOnly(field="line", number=line.state.number)
    if clerk is None:
        raise NotOnline(
            why="您的营业厅还没有开通网上充值", why_en="Your hall takes no recharges on the web yet"
        )
    providers = tuple(
        one for one in acquiring.TELEPHONE if one.value in book[ledger.OPEN_MEANS] and _is_connected(one)
    )
    if not providers:
        raise NotOnline(why="网上付款还没有接通", why_en="Payment on the web is not connected yet")
    return clerk, providers


def _is_connected(provider: acquiring.Provider) -> bool:
    try:
        acquirer(provider)
    except acquiring.ChargeRefused:
        return False
    return True


def counter_of(clerk: Actor) -> CounterId:
    """The online counter. Raises NoOpenDrawer for who is its clerk no more."""
    if clerk.counter_id is None:
        raise custody.NoOpenDrawer()
    return clerk.counter_id


def open_of_day(clerk: Actor, *, at: datetime) -> None:
    """The drawer of today is open; that of an earlier day is closed with its Z first (CSH-01, CSH-03)."""
    if _is_of_day(_drawer(clerk), at):
        return
    counter = counter_of(clerk)
    custody.hold_counter(counter, scope=clerk.scope)
    standing = _drawer(clerk)
    if _is_of_day(standing, at):
        return
    if standing is not None:
        _close(standing, clerk, at)
    opened = custody.open_drawer(
        hall=clerk.hall_id, counter=counter, counted={}, expected=Money.zero(), remark="", cashless=True, by=clerk, at=at
    )  # fmt: skip
    book_opened(opened, at=at)
    _tell("drawer.opened", "CSH-01", opened, {"float_fen": 0, "difference_fen": 0}, clerk, at)


def close_past(clerk: Actor, *, at: datetime) -> bool:
    """Closes the drawer of a day that is over; whether there was one."""
    standing = _drawer(clerk)
    if standing is None or _is_of_day(standing, at):
        return False
    custody.hold_counter(counter_of(clerk), scope=clerk.scope)
    standing = _drawer(clerk)
    if standing is None or _is_of_day(standing, at):
        return False
    _close(standing, clerk, at)
    return True


def _close(drawer: custody.Drawer, clerk: Actor, at: datetime) -> None:
    closed = custody.close_cashless(drawer_id=drawer.id, by=clerk, at=at)
    book_closed(closed, Money.zero(), at=at)
    paper = issue_drawer_report(drawer=closed, by=clerk, at=at)
    _tell("drawer.closed_by_itself", "CSH-03", closed, {"paper": paper.id}, clerk, at)


def _tell(
    action: str, rule: str, drawer: custody.Drawer, details: dict[str, Any], clerk: Actor, at: datetime
) -> None:
    record(
        action=action, subject="drawer", subject_id=drawer.id, hall_id=drawer.hall, by=clerk, at=at, rule=rule, details=details
    )  # fmt: skip
    publish(topic="drawer.changed", hall_id=drawer.hall, at=at, payload={"drawer": drawer.id})


def _drawer(clerk: Actor) -> custody.Drawer | None:
    return custody.drawer_of_clerk(clerk.user_id, scope=clerk.scope)


def _is_of_day(drawer: custody.Drawer | None, at: datetime) -> bool:
    """A process whose clock is a moment behind closes nothing that another has just opened."""
    return drawer is not None and local(drawer.opened_at).date() >= local(at).date()
