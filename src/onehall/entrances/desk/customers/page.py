"""The customer's page: who it is, what they have, what can be done for the household, what stands in the basket."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from onehall.contexts.catalogue import api as catalogue
from onehall.contexts.customers import api as customers
from onehall.contexts.ledger import api as ledger
from onehall.contexts.orders import api as orders
from onehall.contexts.provisioning import api as provisioning
from onehall.contexts.subscriptions import api as subscriptions
from onehall.entrances.desk.counter.surroundings import surroundings
from onehall.foundation.policy import PolicyBook
from onehall.foundation.policy.services import policy_book
from onehall.foundation.refusals import Refusal
from onehall.foundation.values.ids import PartyId, PremisesId
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import local
from onehall.foundation.values.text import Text
from onehall.foundation.web.requests import Request
from onehall.readings.customer_360 import Customer360, customer_360
from onehall.steps import basket as baskets
from onehall.steps.household import Situation, read_situation

BUSINESSES = {
    baskets.NEW_BROADBAND: Text("新装宽带", "New broadband"),
    baskets.RENEWAL: Text("续费", "Renew"),
    baskets.ADDITIONAL_POINT: Text("加信息点", "Additional point"),
    baskets.ROUTER_SETUP: Text("路由器上门调试", "Router set-up visit"),
}
_RECENT = 12
_SHORTLY = 30  # structural: the last month of a term is shown in amber

_STANDINGS = {
    provisioning.Standing.WAITING: Text("等待开通", "starts later"),
    provisioning.Standing.ACTIVE: Text("在用", "active"),
    provisioning.Standing.EXPIRED: Text("已到期", "expired"),
    provisioning.Standing.WITHDRAWN: Text("已停", "withdrawn"),
}
_VERIFIED = {
    customers.Verification.ID_DOCUMENT: Text("已核验 证件", "document checked"),
    customers.Verification.SERVICE_PASSWORD: Text("已核验 服务密码", "password checked"),
    customers.Verification.ONE_TIME_CODE: Text("已核验 验证码", "code checked"),
}
_PURPOSES = {
    customers.PurposeKind.PRESENT_VERIFIED: Text("本次目的：本人到厅", "Purpose: present in person"),
    customers.PurposeKind.OPEN_CASE: Text("本次目的：办理中的业务", "Purpose: an open case"),
    customers.PurposeKind.BREAK_GLASS: Text("本次目的：紧急查看", "Purpose: break-glass"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A subscription as the desk shows it: title, state in a word, until when, how much of the term is used."""

    subscription: subscriptions.Subscription
    title: Text
    home: customers.PremisesView
    access: provisioning.AccessState | None
    at: datetime
    party_id: int

    @property
    def days_left(self) -> int:
        """Whole days to the end of the last paid term; negative when it is over."""
        ends = self.subscription.expires_at
        return (ends - self.at).days if ends else 0

    @property
    def whole(self) -> int:
        """Days of the term that runs."""
        term = self.subscription.term_at(self.at)
        return (term.period.end - term.period.start).days if term else 0

    @property
    def used(self) -> int:
        """Days of it that are gone."""
        term = self.subscription.term_at(self.at)
        return min(max((self.at - term.period.start).days, 0), self.whole) if term else 0

    @property
    def state(self) -> Text:
        """The state in a word."""
        if self.subscription.ended_at is not None:
            return Text("已拆机", "ended")
        if self.access is not None and self.access.pending:
            return Text("待生效", "not yet in effect")
        return _STANDINGS[self.access.standing] if self.access else Text("未开通", "no access")

    @property
    def kind(self) -> str:
        """How the state is coloured, beside its word."""
        if self.subscription.ended_at is not None:
            return "plain"
        if self.access is None or self.access.standing is provisioning.Standing.EXPIRED:
            return "bad"
        return "warn" if self.days_left <= _SHORTLY else "good"

    @property
    def detail(self) -> Text:
        """Until when it is paid."""
        ends = self.subscription.expires_at
        if ends is None:
            return Text("没有已付期限", "nothing paid")
        day = f"{local(ends):%Y-%m-%d}"
        if self.days_left < 0:
            return Text(f"已于 {day} 到期", f"expired on {day}")
        return Text(f"到期 {day} · 还有 {self.days_left} 天", f"until {day} · {self.days_left} days left")

    @property
    def part_kind(self) -> str:
        """The meter turns amber in the last month."""
        return "warn" if self.days_left <= _SHORTLY else ""

    @property
    def href(self) -> str:
        """The customer's page with this dwelling."""
        return f"/desk/customers/{self.party_id}?home={self.home.id}"


@dataclass(frozen=True, slots=True)
class Option:
    """Something to do: a button with its price, or greyed with the refusal that says why."""

    words: Text
    choice: str
    amount: Money | None
    refusal: Refusal | None


def customer_page(request: Request, party_id: int) -> dict[str, Any]:
    """Everything the page shows. Without a purpose in force it is no more than the masked card (SEC-01)."""
    by, at = request.actor, request.at
    facts: dict[str, Any] = {**surroundings(request), "card": customers.card(party_id, scope=by.scope)}
    facts["purpose"] = customers.purpose_in_force(party_id, user_id=by.user_id, at=at, scope=by.scope)
    if facts["purpose"] is None:
        return facts
    book = policy_book(hall_id=by.hall_id, at=at)
    held = facts["purpose"]
    facts["verified"] = _VERIFIED.get(held.verification) if held.verification else None
    facts["purpose_words"] = _PURPOSES[held.kind]
    record = customers.record(party_id, user_id=by.user_id, at=at, scope=by.scope)
    facts["particulars"] = [
        (one, f"/desk/customers/{party_id}/particulars?field={one.field}") for one in record.particulars
    ]
    facts["lines"] = _lines(request, party_id)
    facts["basket"] = _basket(request, party_id)
    facts["home"] = _home(request, facts["lines"], facts["basket"])
    facts["ask_home"] = facts["home"] is None
    facts["history"] = _history(customer_360(purpose=held, scope=by.scope, limit=_RECENT))
    facts["handling_limit"] = book[orders.HANDLING_LIMIT]
    facts["handling_amber"] = book[orders.HANDLING_LIMIT] - book[orders.HESITATION_LIMIT]
    facts["means"] = [(means, ledger.MEANS_NAMES[ledger.Means(means)]) for means in book[ledger.OPEN_MEANS]]
    if facts["basket"]:
        facts["signature_href"] = f"/desk/baskets/{facts['basket'].id}/signature"
    facts |= _options(request, party_id, facts["home"], facts["basket"], book)
    return facts


def _lines(request: Request, party_id: int) -> list[Line]:
    scope, at = request.actor.scope, request.at
    found = subscriptions.subscriptions_of(party_id=PartyId(party_id), scope=scope)
    live = [one.account_name for one in found if one.ended_at is None]
    accesses = {access.account: access for access in provisioning.accesses(accounts=live, at=at, scope=scope)}
    return [
        Line(
            subscription=one,
            title=_offering_name(request, one.term_at(at)),
            home=customers.premises(one.dwelling_id, scope=scope),
            access=accesses.get(one.account_name) if one.ended_at is None else None,
            at=at,
            party_id=party_id,
        )
        for one in found
    ]


def _history(all_of_it: Customer360) -> list[dict[str, Any]]:
    """Sales, voids and finished work in one time line, newest first (CUS-04)."""
    rows = [
        {
            "at": order.accepted_at,
            "text": Text(f"{order.name.zh} ¥{order.amount.text}", f"{order.name.en} ¥{order.amount.text}"),
            "icon": "no" if order.state == "void" else "money",
            "kind": "bad" if order.state == "void" else "",
            "ref": order.serial,
        }
        for order in all_of_it.orders
    ]
    return sorted(rows, key=lambda row: str(row["at"]), reverse=True)


def _offering_name(request: Request, term: subscriptions.Term | None) -> Text:
    if term is None:
        return Text("没有在用的期限", "No term in force")
    return catalogue.offering(term.offering, at=request.at, scope=request.actor.scope).name


def _basket(request: Request, party_id: int) -> orders.Basket | None:
    by = request.actor
    if by.counter_id is None:
        return None
    return orders.open_basket_of(counter_id=by.counter_id, party_id=PartyId(party_id), scope=by.scope)


def _home(
    request: Request, lines: Iterable[Line], basket: orders.Basket | None
) -> customers.PremisesView | None:
    """The dwelling being served: asked for, else in the basket, else where the customer has a line."""
    asked = request.GET.get("home") or request.POST.get("home", "")
    if asked.isdecimal():
        return customers.premises(int(asked), scope=request.actor.scope)
    if basket:
        for item in basket.items:
            if item.draft.dwelling_id is not None:
                return customers.premises(item.draft.dwelling_id, scope=request.actor.scope)
    return next((line.home for line in lines if line.subscription.ended_at is None), None)


def _options(
    request: Request,
    party_id: int,
    home: customers.PremisesView | None,
    basket: orders.Basket | None,
    book: PolicyBook,
) -> dict[str, Any]:
    if home is None or home.kind is not customers.PremisesKind.DWELLING:
        return {"options": [], "situation": None}
    try:
        situation = read_situation(
            party_id=PartyId(party_id),
            dwelling_id=PremisesId(home.id),
            basket=basket,
            book=book,
            at=request.at,
            scope=request.actor.scope,
        )
    except Refusal as refusal:
        return {"options": [], "situation": None, "home_refusal": refusal}
    return {"options": _listed(request, situation), "situation": situation}


def _listed(request: Request, situation: Situation) -> list[Option]:
    """What can be done first, the present offering before others; each business that is refused stands once, with its rule."""
    choices = baskets.choices(situation=situation, scope=request.actor.scope)
    current = situation.live_offering.code if situation.live_offering else ""
    able = [_option(choice) for choice in choices if choice.draft]
    able.sort(key=lambda option: not option.choice.endswith(f":{current}"))
    done = {option.choice.partition(":")[0] for option in able}
    refused: dict[str, Option] = {}
    for choice in choices:
        if choice.refusal:
            words = BUSINESSES[choice.business]
            if choice.business in done:
                words = Text(f"{words.zh}：其他档次", f"{words.en}: other offers")
            refused.setdefault(choice.business, Option(words, "", None, choice.refusal))
    return able + list(refused.values())


def _option(choice: baskets.Choice) -> Option:
    business, name = BUSINESSES[choice.business], choice.offering.name
    one_off = choice.offering.kind is catalogue.OfferingKind.ONE_OFF
    words = name if one_off else Text(f"{business.zh} {name.zh}", f"{business.en}: {name.en}")
    amount = choice.draft.amount if choice.draft else None
    return Option(words, f"{choice.business}:{choice.offering.code}", amount, None)
