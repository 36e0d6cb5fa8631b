"""A charge's way between room, books and provider: what is asked, and what is done with what was heard."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string

from onehall.contexts.acquiring import api as acquiring
from onehall.contexts.clearing import api as clearing
from onehall.contexts.ledger import api as ledger
from onehall.contexts.organisation import api as organisation
from onehall.foundation.audit import record
from onehall.foundation.outbox import publish
from onehall.foundation.policy import PolicyBook
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.values.ids import BasketId, PaymentId
from onehall.foundation.values.money import Money
from onehall.foundation.values.text import Text

_ALL = Scope.operator()
_State = acquiring.State
STATES = {
    _State.ASKED: ("warn", Text("还没有回答", "no answer yet")), _State.WAITING: ("info", Text("等待顾客确认", "waiting for the customer")),
    _State.SUCCEEDED: ("good", Text("已付", "paid")), _State.FAILED: ("bad", Text("没有付成", "not paid")),
    _State.CLOSED: ("info", Text("已撤销", "cancelled")), _State.REFUNDING: ("warn", Text("退款中", "being given back")),
    _State.REFUNDED: ("info", Text("已退回", "given back")), _State.REFUND_REFUSED: ("bad", Text("退款被拒", "refund refused")),
}  # fmt: skip
"""How each state is marked and called on every screen."""
WAYS = {
    acquiring.Way.SCANNED: Text("扫付款码", "code scanned"), acquiring.Way.SHOWN: Text("出示收款码", "our code shown"),
    acquiring.Way.TERMINAL: Text("接通的POS机", "connected terminal"), acquiring.Way.SLIP: Text("登记签购单", "slip typed"),
    acquiring.Way.RECORD: Text("银行记录", "the bank's record"), acquiring.Way.REDEEMED: Text("卡号和密码", "number and secret"),
}  # fmt: skip
"""What each way is called on every screen."""
_BOOKED = {_State.SUCCEEDED: 1, _State.REFUNDED: -1}
_KINDS = {_State.SUCCEEDED: clearing.Kind.CHARGE, _State.REFUNDED: clearing.Kind.REFUND}
_connected: dict[tuple[str, str], acquiring.Acquirer] = {}


def acquirer(provider: acquiring.Provider) -> acquiring.Acquirer:
    """The provider, plugged in by settings. Raises ChargeRefused where the hall is not connected to it."""
    key = (provider.value, str(settings.ACQUIRERS))
    if key not in _connected:
        name = settings.PLUGS.get(f"acquirer.{provider}")
        plug = cast(Callable[..., acquiring.Acquirer | None], import_string(name)) if name else None
        found = plug(provider.value, settings.ACQUIRERS) if plug else None
        if found is None:
            words = ledger.MEANS_NAMES[ledger.Means(provider.value)]
            raise acquiring.ChargeRefused(
                why=f"{words.zh}还没有接通", why_en=f"{words.en} is not connected yet", do="请改收现金，并告诉系统管理员。",
                do_en="Take cash, and tell the administrator.",
            )  # fmt: skip
        _connected[key] = found
    return _connected[key]


def wanted(charge: acquiring.Charge, *, book: PolicyBook, code: str = "") -> acquiring.Wanted:
    """The charge as its provider is asked about it."""
    until = charge.asked_at + timedelta(minutes=book[acquiring.CHARGE_MINUTES])
    desk = _desk(charge) if charge.way is acquiring.Way.TERMINAL else ""
    return acquiring.Wanted(
        charge.number, charge.way, charge.amount, f"OneHall {charge.basket}", until, code, desk
    )


def _desk(charge: acquiring.Charge) -> str:
    """Where the terminal stands, as its settings name it."""
    hall = organisation.hall(charge.hall, scope=_ALL)
    return f"{hall.code}/{organisation.counter(charge.counter, scope=_ALL).no}"


def heard_on_paper(
    charge: acquiring.Charge, slip: acquiring.Slip, *, by: Actor, at: datetime
) -> acquiring.Charge:
    """The slip of a terminal that is not connected says that the card was charged (PAY-03)."""
    said = acquiring.Answer(
        acquiring.Said.SUCCEEDED, slip.number, at, charge.amount, payer=slip.payer, approval=slip.approval
    )
    return note(number=charge.number, answer=said, by=by, at=at)


def put(charge: acquiring.Charge, *, code: str, at: datetime) -> acquiring.Answer:
    """What the provider says when it is asked to charge, with the code that was scanned. Outside any transaction."""
    book = policy_book(hall_id=charge.hall, at=at)
    asked = wanted(charge, book=book, code=code)
    return acquirer(charge.provider).ask(asked, seconds=book[acquiring.ANSWER_SECONDS], at=at)


def note(*, number: str, answer: acquiring.Answer, by: Actor | None, at: datetime) -> acquiring.Charge:
    """What was heard, in the room and in the books (LED-02). Once however often it is heard. Raises NotFound, AnswerRefused."""
    charge, changed = acquiring.note_answer(number=number, answer=answer, by=by, at=at)
    if changed is None:
        return charge
    if changed in _BOOKED:
        account = policy_book(hall_id=charge.hall, at=at)[acquiring.UNSOLD_ACCOUNT]
        move_unsold([charge], by_sign=_BOOKED[changed], account=account, at=at)
        clearing.heard_late(
            provider=charge.provider, kind=_KINDS[changed], number=charge.number, ours=charge.amount
        )
    record(
        action="charge.heard", subject="charge", subject_id=charge.id, hall_id=charge.hall, by=by, at=at, rule="PAY-03",
        details={"number": charge.number, "fen": charge.amount.fen, "provider": charge.provider, "state": changed, "why": charge.why},
    )  # fmt: skip
    publish(topic="charge.changed", hall_id=charge.hall, at=at, payload={"charge": charge.id})
    return charge


def move_unsold(charges: Sequence[acquiring.Charge], *, by_sign: int, account: str, at: datetime) -> None:
    """Money without a sale comes in (1), or goes into a sale or back to the customer (-1)."""
    for charge in charges:
        ledger.book_unsold(
            hall=charge.hall, means=ledger.Means(charge.provider.value), amount=Money(by_sign * charge.amount.fen), account=account,
            at=at,
        )  # fmt: skip


def held(charges: Sequence[int], basket_id: BasketId) -> tuple[acquiring.Charge, ...]:
    """The charges a payment is to use, nobody else's until it is written; none asked for, nothing looked up. Raises ChargeRefused."""
    return acquiring.usable(charges=charges, basket=basket_id) if charges else ()


def by_means(charges: Sequence[acquiring.Charge]) -> dict[ledger.Means, Money]:
    """What these charges bring, summed by means."""
    sums: dict[ledger.Means, Money] = {}
    for charge in charges:
        means = ledger.Means(charge.provider.value)
        sums[means] = sums.get(means, Money.zero()) + charge.amount
    return sums


def use(
    charges: Sequence[acquiring.Charge],
    *,
    basket_id: BasketId,
    payment: PaymentId,
    book: PolicyBook,
    at: datetime,
) -> None:
    """The money has found its sale: it leaves the account of money without one, as part of this payment and of no other."""
    if charges:
        ids = [charge.id for charge in charges]
        acquiring.use_charges(charges=ids, basket=basket_id, payment=payment, at=at)
        move_unsold(charges, by_sign=-1, account=book[acquiring.UNSOLD_ACCOUNT], at=at)


def send_back(*, payment: PaymentId, reason: str, book: PolicyBook, by: Actor, at: datetime) -> None:
    """A sale was voided: what was paid by telephone or card has no sale again, and is asked back to the same means."""
    charges = acquiring.charges_of_payment(payment, scope=by.scope)
    move_unsold(charges, by_sign=1, account=book[acquiring.UNSOLD_ACCOUNT], at=at)
    for charge in charges:
        acquiring.ask_refund(charge_id=charge.id, voided=True, reason=reason, by=by, at=at)
        tell_refund(charge, reason=reason, by=by, at=at)


def tell_refund(charge: acquiring.Charge, *, reason: str, by: Actor, at: datetime) -> None:
    """On record, and announced."""
    record(
        action="charge.refunding", subject="charge", subject_id=charge.id, hall_id=charge.hall, by=by, at=at, rule="PAY-03",
        details={"number": charge.number, "fen": charge.amount.fen, "reason": reason},
    )  # fmt: skip
    publish(topic="charge.changed", hall_id=charge.hall, at=at, payload={"charge": charge.id})
