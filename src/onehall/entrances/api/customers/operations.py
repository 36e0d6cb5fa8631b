"""Customers."""

from typing import Any

from ninja import Query

from onehall.contexts.customers import api as customers
from onehall.contexts.orders import api as orders
from onehall.entrances.api.customers import schemas
from onehall.entrances.api.shared.operation import Noun
from onehall.entrances.api.shared.schema import Key
from onehall.foundation.policy.services import policy_book
from onehall.foundation.values.ids import BasketId, PartyId, PremisesId
from onehall.foundation.values.text import Text
from onehall.foundation.web.requests import Request
from onehall.journeys.correct_customer import correct_customer
from onehall.journeys.register_customer import register_customer
from onehall.journeys.reveal_field import reveal_field
from onehall.journeys.state_purpose import state_purpose
from onehall.readings.customer_360 import customer_360
from onehall.readings.search import search
from onehall.steps import basket as baskets
from onehall.steps.household import read_situation

noun = Noun(Text("客户", "Customers"))
_LINES = 60


@noun.operation(
    "GET",
    "/customers",
    permission="customer.search",
    words=Text(
        "查找客户、账号、流水号、收据、地址", "Find customers, accounts, serials, receipts, addresses"
    ),
    shows=schemas.Hits,
)
def find(
    request: Request, q: str = Query(..., min_length=1, max_length=100), limit: int = Query(20, ge=1, le=50)
) -> Any:
    hits = (
        search(q.strip(), scope=request.actor.scope, limit=limit, lang=request.lang, at=request.at)
        if q.strip()
        else []
    )
    return {"items": hits}


@noun.operation(
    "POST", "/customers", permission="customer.register", words=Text("登记客户", "Register a customer"), shows=schemas.Card, status=201
)  # fmt: skip
def register(request: Request, given: schemas.CustomerGiven, key: Key) -> Any:
    return register_customer(
        intent=key, given=given.value(), agreed=given.consent(), by=request.actor, at=request.at
    )


@noun.operation(
    "GET", "/customers/{int:party_id}", permission="customer.open", words=Text("客户资料（遮挡）", "A customer's record, masked"), shows=schemas.Record
)  # fmt: skip
def show(request: Request, party_id: int) -> Any:
    by = request.actor
    record = customers.record(party_id, user_id=by.user_id, at=request.at, scope=by.scope)
    known = customer_360(purpose=record.purpose, scope=by.scope, limit=_LINES)
    parts = ("services", "orders", "receipts", "cases")
    own = ("card", "purpose", "particulars", "agents", "registered_at")
    return {
        **{name: getattr(record, name) for name in own},
        **{name: getattr(known, name) for name in parts},
    }


@noun.operation(
    "POST", "/customers/{int:party_id}/purposes", permission="customer.open", words=Text("说明目的", "State a purpose"), shows=schemas.Purpose, status=201
)  # fmt: skip
def purpose(request: Request, party_id: int, given: schemas.PurposeGiven) -> Any:
    return state_purpose(party_id=PartyId(party_id), stated=given.value(), by=request.actor, at=request.at)


@noun.operation(
    "POST", "/customers/{int:party_id}/particulars", permission="customer.reveal", words=Text("显示一项资料", "Show one particular"), shows=schemas.Revealed
)  # fmt: skip
def reveal(request: Request, party_id: int, given: schemas.FieldGiven) -> Any:
    return reveal_field(party_id=PartyId(party_id), field=given.field, by=request.actor, at=request.at)


@noun.operation(
    "POST", "/customers/{int:party_id}/corrections", permission="customer.correct", words=Text("更正客户资料", "Correct particulars"), shows=schemas.Corrected, status=201
)  # fmt: skip
def correct(request: Request, party_id: int, given: schemas.CorrectionGiven, key: Key) -> Any:
    return correct_customer(given=given.value(PartyId(party_id)), intent=key, by=request.actor, at=request.at)


@noun.operation(
    "GET",
    "/customers/{int:party_id}/options",
    permission="basket.edit",
    words=Text("能办什么、不能办什么、为什么", "What can be done, what cannot, and why"),
    shows=schemas.Choices,
)
def options(request: Request, party_id: int, asked: schemas.HomeAsked = Query(...)) -> Any:  # noqa: B008 - how a query is declared
    by = request.actor
    book = policy_book(hall_id=by.hall_id, at=request.at, version=by.policy_version)
    basket = orders.basket(basket_id=BasketId(asked.basket), scope=by.scope) if asked.basket else None
    situation = read_situation(
        party_id=PartyId(party_id), dwelling_id=PremisesId(asked.home), basket=basket, book=book, at=request.at,
        scope=by.scope,
    )  # fmt: skip
    found = baskets.choices(situation=situation, scope=by.scope)
    return {"items": [_choice(choice, request.lang) for choice in found]}


def _choice(choice: baskets.Choice, lang: str) -> dict[str, Any]:
    no = choice.refusal
    return {
        "business": choice.business,
        "offering": choice.offering.code,
        "name": choice.offering.name,
        "amount": choice.draft.amount if choice.draft else None,
        "refused": {
            "code": no.code,
            "rule": no.rule,
            "detail": no.sentence(lang),
            "alternative": no.alternative(lang),
        }
        if no
        else None,
    }
