"""结算代收款 A named person pays a principal what a hall collected until a month's end, and the books follow (CAT-11, LED-02)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from onehall.contexts.goods import api as goods
from onehall.contexts.ledger import api as ledger
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.idempotency import once
from onehall.foundation.outbox import publish
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import HallId
from onehall.foundation.values.money import Money


@dataclass(frozen=True, slots=True)
class Paid:
    """Which month of which hall is paid over: `shown` is the sum on the statement, `transfer` the bank's reference."""

    hall: HallId
    month: date
    shown: Money
    transfer: str


def settle_principal(*, code: str, paid: Paid, intent: UUID, by: Actor, at: datetime) -> goods.Settlement:
    """All that is owed of the statement, once. Raises NotFound, SettlementRefused, PeriodClosed."""
    with transaction():
        by.require("principal.settle")
        principal = goods.principal(code, scope=by.scope)
        by.scope.require(paid.hall)
        body = {
            "principal": code, "hall": paid.hall, "month": paid.month.isoformat(), "fen": paid.shown.fen, "transfer": paid.transfer,
        }  # fmt: skip
        attempt = once(key=intent, journey="settle_principal", by=by, body=body, at=at)
        if attempt.result is not None:
            done = goods.settlements(principal=principal, scope=by.scope)
            return next(one for one in done if one.id == attempt.result["settlement"])
        statement = goods.statement(principal=principal, hall=paid.hall, month=paid.month, scope=by.scope)
        settled = goods.settle(statement=statement, shown=paid.shown, transfer=paid.transfer, by=by, at=at)
        book = policy_book(hall_id=paid.hall, at=at)
        ledger.book_settled(
            hall=paid.hall,
            amount=settled.amount,
            held=principal.account,
            paid_from=book[goods.SETTLING_ACCOUNT],
            at=at,
        )
        attempt.finish({"settlement": settled.id})
        _announce(principal, settled, book.version, by, at)
    return settled


def _announce(
    principal: goods.Principal, settled: goods.Settlement, version: int, by: Actor, at: datetime
) -> None:
    details = {"principal": principal.code, "month": f"{settled.month:%Y-%m}", "fen": settled.amount.fen}
    record(
        action="principal.settled", subject="principal", subject_id=principal.id, hall_id=settled.hall, by=by, at=at, rule="CAT-11",
        policy_version=version, details=details,
    )  # fmt: skip
    publish(topic="principal.settled", hall_id=settled.hall, at=at, payload={"settlement": settled.id})
