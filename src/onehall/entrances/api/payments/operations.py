"""Payments, receipts and voids."""

from datetime import datetime
from typing import Any

from ninja import Query

from onehall.contexts.acquiring import api as acquiring
from onehall.contexts.banking import api as banking
from onehall.contexts.ledger import api as ledger
from onehall.contexts.orders import api as orders
from onehall.entrances.api.payments import schemas
from onehall.entrances.api.shared.operation import Noun
from onehall.entrances.api.shared.schema import Key
from onehall.foundation.identity.policies import LIST_LIMIT
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import NotFound, Scope
from onehall.foundation.values.ids import BasketId, PaymentId, ReceiptId
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import midnight
from onehall.foundation.values.text import Text
from onehall.foundation.web.requests import Request
from onehall.journeys.ask_charge import ask_charge
from onehall.journeys.claim_transfer import claim_transfer
from onehall.journeys.note_charge import note_charge
from onehall.journeys.note_refund_slip import note_refund_slip
from onehall.journeys.note_transfer_back import note_transfer_back
from onehall.journeys.reverse_sale import ReversalAsked, reverse_sale
from onehall.journeys.take_payment import PaymentTaken, take_payment
from onehall.journeys.void_sale import void_sale
from onehall.readings.sales import sales_of_clerk
from onehall.steps.charging import acquirer, put

noun = Noun(Text("收款与票据", "Payments and receipts"))


@noun.operation(
    "GET", "/payments", permission="payment.take", words=Text("本人当天的收款", "One's own sales of a day"), shows=schemas.Sales
)  # fmt: skip
def sales(request: Request, asked: schemas.DayAsked = Query(...)) -> Any:  # noqa: B008 - how a query is declared
    by = request.actor
    day: datetime = midnight(asked.day) if asked.day else request.at
    most = policy_book(hall_id=by.hall_id, at=request.at, version=by.policy_version)[LIST_LIMIT]
    return {"items": sales_of_clerk(user_id=by.user_id, day=day, scope=by.scope, limit=most)}


@noun.operation(
    "POST", "/baskets/{int:basket_id}/payment", permission="payment.take", words=Text("收款", "Take the payment"), shows=schemas.Taken, status=201
)  # fmt: skip
def take(request: Request, basket_id: int, given: schemas.PaymentGiven, key: Key) -> Any:
    taken = take_payment(
        basket_id=BasketId(basket_id), due=Money(given.due_fen), tendered=Money(given.tendered_fen), charges=given.charges,
        balance=Money(given.balance_fen), intent=key, by=request.actor, at=request.at,
    )  # fmt: skip
    return _taken(taken)


def _taken(taken: PaymentTaken) -> dict[str, Any]:
    own = {name: getattr(taken, name) for name in schemas.Taken.model_fields if name != "secrets"}
    return {
        **own,
        "secrets": [{"account": account, "password": password} for account, password in taken.secrets],
    }


@noun.operation(
    "GET", "/baskets/{int:basket_id}/payment", permission="payment.take", words=Text("受理单的收款", "The payment of a basket"), shows=schemas.Payment
)  # fmt: skip
def of_basket(request: Request, basket_id: int) -> Any:
    scope = request.actor.scope
    basket = orders.basket(basket_id=BasketId(basket_id), scope=scope)
    found = ledger.payments_of_baskets([basket.id], scope=scope)
    if not found:
        raise NotFound(what="这张受理单的收款", what_en="A payment of this basket")
    return _payment(found[0], scope)


@noun.operation(
    "GET", "/payments/{int:payment_id}", permission="payment.take", words=Text("一笔收款", "A payment"), shows=schemas.Payment
)  # fmt: skip
def show(request: Request, payment_id: int) -> Any:
    scope = request.actor.scope
    return _payment(ledger.payment(PaymentId(payment_id), scope=scope), scope)


def _payment(payment: ledger.Payment, scope: Scope) -> dict[str, Any]:
    receipts = ledger.receipts_of_payment(payment.id, scope=scope)
    own = {name: getattr(payment, name) for name in schemas.Payment.model_fields if name != "receipts"}
    return {**own, "receipts": receipts}


@noun.operation(
    "POST", "/payments/{int:payment_id}/void", permission="sale.void", words=Text("当班作废", "Void the sale in the same shift"), shows=schemas.Voided
)  # fmt: skip
def void(request: Request, payment_id: int, given: schemas.VoidGiven, key: Key) -> Any:
    return void_sale(
        payment_id=PaymentId(payment_id), reason=given.reason, copies_present=given.copies_present, intent=key,
        by=request.actor, at=request.at,
    )  # fmt: skip


@noun.operation(
    "POST", "/payments/{int:payment_id}/reversal", permission="sale.reverse", words=Text("冲销", "Reverse an earlier sale"), shows=schemas.Reversed
)  # fmt: skip
def reverse(request: Request, payment_id: int, given: schemas.ReversalGiven, key: Key) -> Any:
    asked = ReversalAsked(given.reason, given.copies_present, given.approval)
    return reverse_sale(
        payment_id=PaymentId(payment_id), asked=asked, intent=key, by=request.actor, at=request.at
    )


@noun.operation(
    "GET", "/receipts/{int:receipt_id}", permission="customer.search", words=Text("一张收据", "A receipt"), shows=schemas.Receipt
)  # fmt: skip
def receipt(request: Request, receipt_id: int) -> Any:
    return ledger.receipt(ReceiptId(receipt_id), scope=request.actor.scope)


@noun.operation(
    "GET", "/baskets/{int:basket_id}/charges", permission="payment.take", words=Text("受理单的非现金付款", "What was charged for a basket"), shows=schemas.Charges
)  # fmt: skip
def charges(request: Request, basket_id: int) -> Any:
    scope = request.actor.scope
    basket = orders.basket(basket_id=BasketId(basket_id), scope=scope)
    return {"items": acquiring.charges_of_basket(basket.id, scope=scope)}


def _wanted(given: schemas.ChargeGiven, at: datetime) -> dict[str, Any]:
    """Whom the charge is asked of, by which way; connected, or said by a slip."""
    if given.slip:
        slip = acquiring.slip_of(**given.slip.dict(), at=at)
        return {"provider": acquiring.Provider.CARD, "way": acquiring.Way.SLIP, "slip": slip}
    provider, way = acquiring.Provider.WECHAT, acquiring.Way.SHOWN
    if given.terminal:
        provider, way = acquiring.Provider.CARD, acquiring.Way.TERMINAL
    elif given.recharge_card:
        provider, way = acquiring.Provider.RECHARGE_CARD, acquiring.Way.REDEEMED
    elif given.code:
        provider, way = acquiring.payer_of(given.code), acquiring.Way.SCANNED
    acquirer(provider)
    return {"provider": provider, "way": way}


@noun.operation(
    "POST", "/charges/{int:charge_id}/refund-slip", permission="payment.take", words=Text("登记退货单", "Note the slip of a refund"), shows=schemas.Charge
)  # fmt: skip
def refund_slip(request: Request, charge_id: int, given: schemas.SlipGiven, key: Key) -> Any:
    slip = acquiring.slip_of(**given.dict(), at=request.at)
    return note_refund_slip(charge_id=charge_id, slip=slip, intent=key, by=request.actor, at=request.at)


@noun.operation(
    "POST", "/baskets/{int:basket_id}/transfers", permission="payment.take", words=Text("认领转账", "Claim a transfer of the bank's record"), shows=schemas.Charge, status=201
)  # fmt: skip
def transfer(request: Request, basket_id: int, given: schemas.BankTransferGiven, key: Key) -> Any:
    by = request.actor
    basket = orders.basket(basket_id=BasketId(basket_id), scope=by.scope)
    wanted = banking.sought(amount=Money(given.amount_fen), reference=given.reference, payer=given.payer)
    return claim_transfer(basket_id=basket.id, wanted=wanted, intent=key, by=by, at=request.at)


@noun.operation(
    "POST", "/charges/{int:charge_id}/transfer-back", permission="charge.refund", words=Text("登记退回转账", "Note a transfer back"), shows=schemas.Charge
)  # fmt: skip
def transfer_back(request: Request, charge_id: int, given: schemas.TransferBackGiven, key: Key) -> Any:
    return note_transfer_back(
        charge_id=charge_id, reference=given.reference, intent=key, by=request.actor, at=request.at
    )


@noun.operation(
    "POST", "/baskets/{int:basket_id}/charges", permission="payment.take", words=Text("请客户手机付款或刷卡", "Ask the customer to pay by telephone or card"), shows=schemas.Charge, status=201
)  # fmt: skip
def charge(request: Request, basket_id: int, given: schemas.ChargeGiven, key: Key) -> Any:
    by, at, card = request.actor, request.at, given.recharge_card
    basket = orders.basket(basket_id=BasketId(basket_id), scope=by.scope)
    code = acquiring.card_code(card=card.number, secret=card.secret) if card else given.code
    asked, new = ask_charge(
        basket_id=basket.id, amount=None if given.amount_fen is None else Money(given.amount_fen), intent=key, by=by, at=at,
        **_wanted(given, at),
    )  # fmt: skip
    return (
        note_charge(number=asked.number, answer=put(asked, code=code, at=at), by=by, at=at) if new else asked
    )
