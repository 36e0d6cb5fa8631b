"""What a customer has, as the desk shows it, and what happened before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from onehall.contexts.catalogue import api as catalogue
from onehall.contexts.fieldwork import api as fieldwork
from onehall.contexts.provisioning import api as provisioning
from onehall.contexts.subscriptions import api as subscriptions
from onehall.contexts.voice import api as voice
from onehall.foundation.scopes import Scope
from onehall.foundation.values.ids import SubscriptionId
from onehall.foundation.values.period import local
from onehall.foundation.values.text import Text
from onehall.readings.customer_360 import CaseLine, Customer360, OrderLine, Service, Written
from onehall.steps.household import FIXED_LINE

SHORTLY = 30  # structural: the last month of a term is shown in amber

_NO_TERM = Text("没有在用的期限", "No term in force")
_STANDINGS = {
    provisioning.Standing.WAITING: Text("等待开通", "starts later"),
    provisioning.Standing.ACTIVE: Text("在用", "active"),
    provisioning.Standing.PAUSED: Text("停机保号", "suspended"),
    provisioning.Standing.EXPIRED: Text("已到期", "expired"),
    provisioning.Standing.WITHDRAWN: Text("已停", "withdrawn"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A subscription as the desk shows it: title, state in a word, until when, how much of the term is used."""

    subscription: subscriptions.Subscription
    service: Service
    access: provisioning.AccessState | None
    at: datetime
    phone: voice.LineState | None = None
    plan: Text = _NO_TERM

    @property
    def live(self) -> bool:
        """Whether it has not ended."""
        return self.subscription.ended_at is None

    @property
    def title(self) -> Text:
        """The offering it runs on."""
        if self.phone is not None:
            return Text(f"固话 {self.plan.zh}", f"Telephone line, {self.plan.en}")
        return self.service.name if self.service.name.zh else _NO_TERM

    @property
    def days_left(self) -> int:
        """Whole local days to the end of the last paid term; negative when it is over."""
        ends = self.subscription.expires_at
        return (local(ends).date() - local(self.at).date()).days if ends else 0

    @property
    def term_days(self) -> tuple[int, int]:
        """Days gone and days in all of the term that runs."""
        term = self.subscription.term_at(self.at)
        if term is None:
            return 0, 0
        whole = (term.period.end - term.period.start).days
        return min(max((self.at - term.period.start).days, 0), whole), whole

    @property
    def soon(self) -> bool:
        """Whether it is in the last month of what is paid."""
        return self.live and 0 <= self.days_left <= SHORTLY

    @property
    def state(self) -> Text:
        """The state in a word."""
        if not self.live:
            return Text("已拆机", "ended")
        if self.phone is not None:
            if self.phone.stopped and not self.phone.suspended:
                return Text("余额用完停机", "stopped, nothing left")
            return Text("停机", "suspended") if self.phone.suspended else Text("在用", "active")
        if self.access is None:
            return Text("未开通", "no access")
        if self.access.pending:
            return Text("待生效", "not yet in effect")
        if self.access.standing is provisioning.Standing.ACTIVE and self.soon:
            return Text("在用 · 快到期", "active, expiring")
        return _STANDINGS[self.access.standing]

    @property
    def kind(self) -> str:
        """How the state is coloured, beside its sign and word."""
        if not self.live:
            return "plain"
        if self.phone is not None:
            if self.phone.stopped:
                return "bad"
            return "info" if self.phone.suspended else "good"
        if self.access is None or self.access.standing is provisioning.Standing.EXPIRED:
            return "bad"
        if self.access.pending or self.access.standing in (
            provisioning.Standing.WAITING,
            provisioning.Standing.PAUSED,
        ):
            return "info"
        return "warn" if self.soon else "good"

    @property
    def detail(self) -> Text:
        """Until when it is paid, and what is booked."""
        return phone_words(self.phone) if self.live and self.phone else self._paid

    @property
    def _paid(self) -> Text:
        ends, booked = self.subscription.expires_at, self.subscription.ending
        if not self.live or ends is None:
            return (
                Text("没有已付期限", "nothing paid")
                if self.live
                else Text("业务已终止", "the service has ended")
            )
        day = f"{local(ends):%Y-%m-%d}"
        if booked is not None:
            stops = f"{local(booked.effective_at):%Y-%m-%d}"
            return Text(f"已登记到期拆机 {stops}", f"its end on {stops} is booked")
        resting = self.subscription.resting
        if resting is not None and self.at < resting.end:
            stops, back = f"{local(resting.start):%Y-%m-%d}", f"{local(resting.end):%Y-%m-%d}"
            return Text(
                f"停机 {stops} 至 {back} · 到期顺延到 {day}",
                f"suspended {stops} to {back} · paid until {day}",
            )
        if self.days_left < 0:
            return Text(
                f"已于 {day} 到期 · 过期 {-self.days_left} 天",
                f"expired on {day}, {-self.days_left} days ago",
            )
        return Text(f"到期 {day} · 还有 {self.days_left} 天", f"until {day} · {self.days_left} days left")

    @property
    def side(self) -> Text:
        """Form serial, and the points that were added."""
        points, serial = self.service.points, self.subscription.serial
        if not points:
            return Text(serial, serial)
        return Text(f"{serial} · 加装 {points} 个信息点", f"{serial} · {points} more points")

    @property
    def href(self) -> str:
        """The customer's page with this dwelling."""
        return f"/desk/customers/{self.subscription.party_id}?home={self.subscription.dwelling_id}"


def phone_words(state: voice.LineState) -> Text:
    """Rent or none, and the features of a telephone line."""
    on = [catalogue.FEATURES[code] for code in state.features if code in catalogue.FEATURES]
    rent = (
        Text("随宽带免月租", "no rent with broadband")
        if state.rent_free
        else Text("按资费收月租", "rent by its plan")
    )
    return Text(
        " · ".join([rent.zh, *(one.zh for one in on)]), " · ".join([rent.en, *(one.en for one in on)])
    )


def _phones(ids: list[int], *, at: datetime, scope: Scope) -> dict[int, tuple[voice.LineState, Text]]:
    """The telephone lines among them, each with what its plan is called."""
    if not ids:
        return {}
    plans = {plan.code: Text(plan.name_zh, plan.name_en) for plan in voice.plans(at=at, scope=scope)}
    states = [one.state for one in voice.lines_of(ids, at=at, scope=scope)]
    return {one.subscription_id: (one, plans.get(one.plan, Text(one.plan, one.plan))) for one in states}


def lines_of(known: Customer360, *, at: datetime, scope: Scope) -> list[Line]:
    """Live ones first, in a bounded number of queries; those of records merged into this one among them (CUS-06)."""
    services = {one.subscription_id: one for one in known.services}
    asked = [SubscriptionId(one) for one in services]
    read = subscriptions.subscriptions(subscription_ids=asked, scope=scope)
    found = sorted(read, key=lambda one: (one.ended_at is not None, one.opened_at))
    live = [one.account_name for one in found if one.ended_at is None]
    phones = _phones([int(one.id) for one in found if one.kind == FIXED_LINE], at=at, scope=scope)
    accesses = {access.account: access for access in provisioning.accesses(accounts=live, at=at, scope=scope)}
    return [
        Line(
            one,
            services[one.id],
            accesses.get(one.account_name) if one.ended_at is None else None,
            at,
            *phones.get(one.id, ()),
        )
        for one in found
    ]


def history(known: Customer360, *, limit: int) -> list[dict[str, Any]]:
    """Sales with their receipts and how far the work is, newest first (CUS-04).

    A receipt carries the moment of its orders: they were written by the same procedure.
    """
    receipts = {receipt.issued_at: receipt for receipt in known.receipts}
    cases = {case.order_id: case for case in known.cases}
    rows = []
    for order in known.orders[:limit]:
        receipt = receipts.get(order.accepted_at)
        ref = {"ref": receipt.number, "href": f"/desk/receipts/{receipt.receipt_id}"} if receipt else {}
        rows.append({"at": order.accepted_at, **_told(order, cases.get(order.order_id)), **ref})
    return rows


def _told(order: OrderLine, case: CaseLine | None) -> dict[str, Any]:
    zh, en = [order.name.zh, f"¥{order.amount.text}"], [order.name.en, f"¥{order.amount.text}"]
    serial = [order.serial] if order.serial else []
    if order.written is not None:
        zh.append(_on_paper(order.written).zh)
        en.append(_on_paper(order.written).en)
    if order.state == "void":
        void = Text("已作废", "void")
        return {"text": _joined([*zh, void.zh], [*en, void.en]), "icon": "no", "kind": "bad"}
    stage = fieldwork.STATES[fieldwork.State(case.state)] if case else None
    zh, en = [*zh, *serial, *([stage.zh] if stage else [])], [*en, *serial, *([stage.en] if stage else [])]
    done = case is None or case.state == fieldwork.State.ARCHIVED
    return {
        "text": _joined(zh, en),
        "icon": "money" if case is None else "tool",
        "kind": "good" if done and case else "",
    }


def _on_paper(written: Written) -> Text:
    """Typed from paper: the number, both people, and when it was written."""
    when = f"{local(written.at):%m-%d %H:%M}"
    return Text(
        f"补录 {written.number}（{when} {written.by}写，{written.typed_by}录）",
        f"from form {written.number} ({when}, written by {written.by}, typed by {written.typed_by})",
    )


def _joined(zh: Iterable[str], en: Iterable[str]) -> Text:
    return Text(" · ".join(zh), " · ".join(en))
