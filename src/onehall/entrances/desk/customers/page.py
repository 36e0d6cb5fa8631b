"""The customer's page: who it is, what they have, what can be done for the household, what stands in the basket."""

from collections.abc import Iterable
from typing import Any

from onehall.contexts.acquiring import api as acquiring
from onehall.contexts.customers import api as customers
from onehall.contexts.floor import api as floor
from onehall.contexts.ledger import api as ledger
from onehall.contexts.orders import api as orders
from onehall.contexts.organisation import api as organisation
from onehall.contexts.subscriptions import api as subscriptions
from onehall.entrances.desk.backdating.facts import written_facts
from onehall.entrances.desk.baskets.signing import signing_facts
from onehall.entrances.desk.counter.surroundings import surroundings
from onehall.entrances.desk.counter.wording import spoken
from onehall.entrances.desk.customers.known import records_of
from onehall.entrances.desk.customers.lines import Line, history, lines_of
from onehall.entrances.desk.customers.options import ending_facts, options_for
from onehall.entrances.desk.customers.standing import standing_facts
from onehall.entrances.desk.serving.suggestions import suggestion_facts
from onehall.foundation.policy import PolicyBook
from onehall.foundation.policy.services import policy_book
from onehall.foundation.refusals import Refusal
from onehall.foundation.scopes import Scope
from onehall.foundation.values.ids import PartyId, PremisesId
from onehall.foundation.values.text import Text
from onehall.foundation.web.requests import Request
from onehall.readings.customer_360 import customer_360
from onehall.steps import basket as baskets
from onehall.steps.household import read_situation
from onehall.steps.prepaying import left_to
from onehall.steps.telephone_changes import LINE_CHANGES
from onehall.steps.written import Moment, check_written, moment_of

_RECENT = 12
_BY_TELEPHONE = frozenset(one.value for one in acquiring.TELEPHONE)
_OTHERS = (
    (ledger.Means.CARD.value, Text("刷卡", "Bank card"), "C"), (ledger.Means.PREPAID.value, Text("预存余额", "Balance"), ""),
    (ledger.Means.RECHARGE_CARD.value, Text("充值卡", "Recharge card"), ""), (ledger.Means.TRANSFER.value, Text("银行转账", "Bank transfer"), ""),
)  # fmt: skip
"""Means that have a form of their own on the page of charges, which opens with it; the keys of the till."""
_CHARGED = frozenset({*(one.value for one in acquiring.Provider), ledger.Means.PREPAID.value})
_KNOWN = 60

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


def customer_page(request: Request, party_id: int, *, served: floor.Serving | None = None) -> dict[str, Any]:
    """Everything the page of a root record shows. Without a purpose in force it is no more than the masked card (SEC-01)."""
    by, at = request.actor, request.at
    purpose = customers.purpose_in_force(party_id, user_id=by.user_id, at=at, scope=by.scope)
    facts: dict[str, Any] = {**surroundings(request), "purpose": purpose}
    if purpose is None:
        card = customers.card(party_id, scope=by.scope)
        account = standing_facts(request, PartyId(party_id))
        return {**facts, **account, "card": card, "spoken": spoken("verification", scope=by.scope)}
    book = policy_book(hall_id=by.hall_id, at=at, version=by.policy_version)
    known = customer_360(purpose=purpose, scope=by.scope, limit=_KNOWN)
    facts["lines"] = lines_of(known, at=at, scope=by.scope)
    facts["history"] = history(known, limit=_RECENT)
    facts |= _head(request, purpose) | standing_facts(request, PartyId(party_id))
    facts |= {**records_of(PartyId(party_id), by.scope), "was": request.GET.get("was", "")}
    facts |= _baskets(request, party_id)
    facts["home"] = _home(request, facts["lines"], facts["basket"])
    facts["ask_home"] = facts["home"] is None
    facts |= _till(facts["basket"], book)
    facts["has_balance"] = ledger.Means.PREPAID in book[ledger.OPEN_MEANS] or bool(
        left_to(PartyId(party_id)).fen
    )
    facts["charges"] = _charges(facts["basket"], by.scope)
    facts |= _signed(facts["basket"], request)
    moment = moment_of(facts["basket"], by=by, at=at)
    facts |= written_facts(moment.paper, by.scope)
    facts |= _household(request, party_id, facts["home"], facts["basket"], moment)
    facts |= {**_said(facts, by.scope), "serving": served}
    return facts | suggestion_facts(PartyId(party_id), facts, request=request, book=book)


def _said(facts: dict[str, Any], scope: Scope) -> dict[str, Any]:
    """What is said at this step (WRD-01)."""
    basket = facts["basket"]
    due = basket.total.text if basket and basket.items else ""
    step = "money" if due else "choosing" if facts["options"] else "address"
    return {"spoken": spoken(step, scope=scope, due=due)}


def _head(request: Request, purpose: customers.Purpose) -> dict[str, Any]:
    """How the customer was verified, why the record is open, and the particulars, each still masked (SEC-07)."""
    by, party_id = request.actor, purpose.party_id
    record = customers.record(party_id, user_id=by.user_id, at=request.at, scope=by.scope)
    address = f"/desk/customers/{party_id}/particulars?field="
    return {
        "card": record.card,
        "acting": customers.acting_now(party_id, user_id=by.user_id, at=request.at, scope=by.scope),
        "verified": _VERIFIED.get(purpose.verification) if purpose.verification else None,
        "purpose_words": _PURPOSES[purpose.kind],
        "particulars": [(one, f"{address}{one.field}") for one in record.particulars],
    }


def _baskets(request: Request, party_id: int) -> dict[str, Any]:
    """The basket of this customer at this counter, and those that wait elsewhere in the hall."""
    by = request.actor
    waiting = orders.baskets_waiting(scope=by.scope, hall_id=by.hall_id, party_id=PartyId(party_id))
    here = [
        one for one in waiting if one.state is orders.BasketState.OPEN and one.counter_id == by.counter_id
    ]
    others = [one for one in waiting if one not in here and one.items]
    seats = organisation.counters(by.hall_id, scope=by.scope) if others else []
    numbers = {seat.id: seat.no for seat in seats}
    return {
        "basket": here[0] if here else None,
        "elsewhere": [(one, numbers.get(one.counter_id, "")) for one in others],
    }


def _till(basket: orders.Basket | None, book: PolicyBook) -> dict[str, Any]:
    """What the basket's column needs beside its lines."""
    taken = book[ledger.OPEN_MEANS]
    facts: dict[str, Any] = {
        "handling_limit": book[orders.HANDLING_LIMIT],
        "handling_amber": book[orders.HANDLING_LIMIT] - book[orders.HESITATION_LIMIT],
        "means": [(one, ledger.MEANS_NAMES[ledger.Means(one)]) for one in taken if one not in _CHARGED],
        "by_telephone": _BY_TELEPHONE.intersection(taken),
        "other_means": [(code, words, key) for code, words, key in _OTHERS if code in taken],
        "by_number": baskets.BY_NUMBER,
        "law_hint": subscriptions.RESUME_HINT,
    }
    if basket is not None:
        facts["charges_href"] = f"/desk/baskets/{basket.id}/charges"
        facts["papers_href"] = f"/desk/baskets/{basket.id}/papers"
        facts["papers_missing"] = any(item.draft.details.get(orders.PAPERS) for item in basket.items)
        facts["signature_href"] = f"/desk/baskets/{basket.id}/signature"
        facts["handed"] = [sum_ for sum_ in ledger.suggest_tenders(basket.total) if sum_ != basket.total][:4]
    return facts


def _charges(basket: orders.Basket | None, scope: Scope) -> list[acquiring.Charge]:
    """What was paid by telephone for the basket, or may still be."""
    if basket is None or not basket.items:
        return []
    return [one for one in acquiring.charges_of_basket(basket.id, scope=scope) if one.open or one.usable]


def _signed(basket: orders.Basket | None, request: Request) -> dict[str, Any]:
    """Where signing stands; asked only of a basket with something in it."""
    if basket is None or not basket.items:
        return {}
    found = signing_facts(basket, request)
    if found["signing"] is None:
        return found
    return {**found, "signed": orders.signature(basket_id=basket.id, scope=request.actor.scope)}


def _home(
    request: Request, lines: Iterable[Line], basket: orders.Basket | None
) -> customers.PremisesView | None:
    """The dwelling being served: asked for, else in the basket, else where the customer has a line."""
    asked = request.GET.get("home") or request.POST.get("home", "")
    if asked.isdecimal():
        return customers.premises(int(asked), scope=request.actor.scope)
    wanted = [item.draft.dwelling_id for item in basket.items if item.draft.dwelling_id] if basket else []
    wanted += [line.subscription.dwelling_id for line in lines if line.live]
    return customers.premises(wanted[0], scope=request.actor.scope) if wanted else None


def _household(
    request: Request,
    party_id: int,
    home: customers.PremisesView | None,
    basket: orders.Basket | None,
    moment: Moment,
) -> dict[str, Any]:
    """What can be done at the dwelling; where its number cannot be read, the refusal that says so."""
    if home is None or home.kind is not customers.PremisesKind.DWELLING:
        return {"options": [], "situation": None}
    scope = request.actor.scope
    try:
        situation = read_situation(
            party_id=PartyId(party_id), dwelling_id=PremisesId(home.id), basket=basket, book=moment.book, at=moment.at,
            scope=scope, names_at=request.at,
        )  # fmt: skip
        check_written(situation, moment)
    except Refusal as refusal:
        return {"options": [], "situation": None, "home_refusal": refusal}
    found = baskets.choices(situation=situation, scope=scope)
    options = options_for(situation, [one for one in found if one.business not in LINE_CHANGES])
    return {
        "choices": found,
        "options": options,
        "situation": situation,
        "ready": any(o.amount for o in options),
        **({} if moment.paper else ending_facts(situation)),
    }
