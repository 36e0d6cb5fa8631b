"""Baskets."""

from typing import Any

from onehall.contexts.orders import api as orders
from onehall.entrances.api.baskets import schemas
from onehall.entrances.api.shared.operation import Noun
from onehall.entrances.api.shared.schema import Key
from onehall.foundation.documents.display import signing_of
from onehall.foundation.policy.services import policy_book
from onehall.foundation.values.ids import BasketId, ItemId, PartyId, PremisesId
from onehall.foundation.values.text import Text
from onehall.foundation.web.requests import Request
from onehall.journeys.abandon_basket import abandon_basket
from onehall.journeys.add_item import add_item
from onehall.journeys.ask_signature import ask_signature
from onehall.journeys.change_quantity import change_quantity
from onehall.journeys.check_papers import check_papers
from onehall.journeys.finish_basket import finish_basket
from onehall.journeys.hold_basket import hold_basket
from onehall.journeys.issue_acceptance_form import issue_acceptance_form
from onehall.journeys.remove_item import remove_item
from onehall.journeys.resume_basket import resume_basket
from onehall.journeys.sign_acceptance import sign_acceptance
from onehall.journeys.withdraw_signature_request import withdraw_signature_request
from onehall.steps import papers_due

noun = Noun(Text("受理单", "Baskets"))
_LATER = "客户稍后回来"
_EDIT: dict[str, Any] = {"permission": "basket.edit", "shows": schemas.Basket}


@noun.operation(
    "GET", "/baskets", permission="basket.edit", words=Text("本厅未完的受理单", "Baskets that wait in the hall"), shows=schemas.Baskets
)  # fmt: skip
def waiting(request: Request) -> Any:
    by = request.actor
    found = orders.baskets_waiting(scope=by.scope, hall_id=by.hall_id)
    return {"items": [schemas.Basket.of(basket) for basket in found]}


@noun.operation(
    "POST", "/customers/{int:party_id}/items", status=201, words=Text("加入受理单", "Put a service into the basket"), **_EDIT
)  # fmt: skip
def add(request: Request, party_id: int, given: schemas.ItemGiven, key: Key) -> Any:
    basket = add_item(
        intent=key, party_id=PartyId(party_id), dwelling_id=PremisesId(given.home), offering=given.offering,
        business=given.business, quantity=given.quantity, to=PremisesId(given.to) if given.to else None,
        line=given.line.wanted() if given.line else None, change=given.change.wanted() if given.change else None, by=request.actor, at=request.at,
    )  # fmt: skip
    return schemas.Basket.of(basket)


@noun.operation(
    "GET", "/baskets/{int:basket_id}/papers", permission="basket.edit", words=Text("应备资料", "The papers it asks for"), shows=schemas.Papers
)  # fmt: skip
def papers(request: Request, basket_id: int) -> Any:
    by = request.actor
    book = policy_book(hall_id=by.hall_id, at=request.at)
    basket = orders.basket(basket_id=BasketId(basket_id), scope=by.scope)
    return schemas.Papers.of(papers_due.checklist(basket, book=book, at=request.at, scope=by.scope))


@noun.operation(
    "POST", "/baskets/{int:basket_id}/papers", permission="basket.edit", words=Text("核对资料", "Tick papers off"), shows=schemas.Papers
)  # fmt: skip
def papers_seen(request: Request, basket_id: int, given: schemas.PapersGiven) -> Any:
    now = check_papers(basket_id=BasketId(basket_id), seen=given.seen, by=request.actor, at=request.at)
    return schemas.Papers.of(now)


@noun.operation("GET", "/baskets/{int:basket_id}", words=Text("一张受理单", "A basket"), **_EDIT)
def show(request: Request, basket_id: int) -> Any:
    return schemas.Basket.of(orders.basket(basket_id=BasketId(basket_id), scope=request.actor.scope))


@noun.operation(
    "PATCH", "/baskets/{int:basket_id}/items/{int:item_id}", words=Text("改数量", "Change a quantity"), **_EDIT
)  # fmt: skip
def quantity(request: Request, basket_id: int, item_id: int, given: schemas.QuantityGiven) -> Any:
    basket = change_quantity(
        basket_id=BasketId(basket_id), item_id=ItemId(item_id), quantity=given.quantity, by=request.actor, at=request.at
    )  # fmt: skip
    return schemas.Basket.of(basket)


@noun.operation(
    "DELETE", "/baskets/{int:basket_id}/items/{int:item_id}", words=Text("移出受理单", "Take a service out"), **_EDIT
)  # fmt: skip
def remove(request: Request, basket_id: int, item_id: int) -> Any:
    basket = remove_item(
        basket_id=BasketId(basket_id), item_id=ItemId(item_id), by=request.actor, at=request.at
    )
    return schemas.Basket.of(basket)


@noun.operation("POST", "/baskets/{int:basket_id}/hold", words=Text("挂起", "Put it aside"), **_EDIT)
def hold(request: Request, basket_id: int, given: schemas.ReasonGiven) -> Any:
    reason = given.reason.strip() or _LATER
    basket = hold_basket(basket_id=BasketId(basket_id), reason=reason, by=request.actor, at=request.at)
    return schemas.Basket.of(basket)


@noun.operation(
    "POST", "/baskets/{int:basket_id}/resumption", words=Text("恢复受理", "Take it up again"), **_EDIT
)  # fmt: skip
def resume(request: Request, basket_id: int) -> Any:
    return schemas.Basket.of(resume_basket(basket_id=BasketId(basket_id), by=request.actor, at=request.at))


@noun.operation(
    "POST", "/baskets/{int:basket_id}/completion", words=Text("办结（不收费）", "Finish it: nothing is due"), **_EDIT
)  # fmt: skip
def finish(request: Request, basket_id: int, key: Key) -> Any:
    """Refused where something is to be paid: then it is paid."""
    basket = finish_basket(basket_id=BasketId(basket_id), intent=key, by=request.actor, at=request.at)
    return schemas.Basket.of(basket)


@noun.operation("POST", "/baskets/{int:basket_id}/abandonment", words=Text("放弃受理", "Give it up"), **_EDIT)
def abandon(request: Request, basket_id: int) -> Any:
    return schemas.Basket.of(abandon_basket(basket_id=BasketId(basket_id), by=request.actor, at=request.at))


@noun.operation(
    "POST",
    "/baskets/{int:basket_id}/acceptance-form",
    permission="document.print",
    words=Text("出受理单", "Issue the acceptance form"),
    shows=schemas.Issued,
    status=201,
)
def acceptance_form(request: Request, basket_id: int) -> Any:
    paper = issue_acceptance_form(basket_id=BasketId(basket_id), by=request.actor, at=request.at)
    return {"document_id": paper.id, "serial": paper.serial, "sha256": paper.sha256}


@noun.operation(
    "POST", "/baskets/{int:basket_id}/signature", words=Text("客户签名", "The customer signs"), **_EDIT
)  # fmt: skip
def sign(request: Request, basket_id: int, given: schemas.SignatureGiven) -> Any:
    basket = sign_acceptance(
        basket_id=BasketId(basket_id), method=given.method, pad=given.pad(), by=request.actor, at=request.at
    )
    return schemas.Basket.of(basket)


@noun.operation(
    "GET", "/baskets/{int:basket_id}/signature", permission="basket.edit", words=Text("签名到哪一步", "Where signing stands"), shows=schemas.Signed
)  # fmt: skip
def signature(request: Request, basket_id: int) -> Any:
    scope = request.actor.scope
    basket = orders.basket(basket_id=BasketId(basket_id), scope=scope)
    return schemas.Signed.of(
        orders.signature(basket_id=basket.id, scope=scope), signing_of("basket", basket.id, scope=scope)
    )


@noun.operation(
    "POST", "/baskets/{int:basket_id}/signature/request", permission="basket.edit", status=201,
    words=Text("请客户在客户屏签名", "Ask for the signature on the display"), shows=schemas.Signed,
)  # fmt: skip
def ask(request: Request, basket_id: int) -> Any:
    return schemas.Signed.of(
        None, ask_signature(basket_id=BasketId(basket_id), by=request.actor, at=request.at)
    )


@noun.operation(
    "POST", "/baskets/{int:basket_id}/signature/withdrawal", permission="basket.edit", shows=schemas.Signed,
    words=Text("取消客户屏签名", "Withdraw the request on the display"),
)  # fmt: skip
def withdraw(request: Request, basket_id: int) -> Any:
    by = request.actor
    withdraw_signature_request(basket_id=BasketId(basket_id), by=by, at=request.at)
    return schemas.Signed.of(None, signing_of("basket", basket_id, scope=by.scope))
