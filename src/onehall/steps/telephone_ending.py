"""销号: what stands against ending a telephone line, and what becomes of what is left on it (CHG-06, BIL-02, LAW-07)."""

from dataclasses import dataclass
from datetime import datetime

from onehall.contexts.balances import api as balances
from onehall.contexts.customers import api as customers
from onehall.contexts.ledger import api as ledger
from onehall.contexts.subscriptions import api as subscriptions
from onehall.contexts.voice import api as voice
from onehall.foundation.outbox import publish
from onehall.foundation.policy import PolicyBook
from onehall.foundation.refusals import Refusal
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import add_months, local
from onehall.steps.call_records import WAITS
from onehall.steps.household import FIXED_LINE, change_hall
from onehall.steps.recharging import lines_of_customer
from onehall.steps.telephone_changes import hall_refusal

GIVEN_UP, TO_BALANCE = "given_up", "balance"
"""The customer gives up in writing what is left, or has it on the prepaid balance."""
_ALL = Scope.operator()


class OwesStill(Refusal):
    """Less than nothing is left once the month is paid."""

    code = "telephone.owes_still"
    rule = "BIL-02"
    zh = "{number} 结清到本月还欠 {owed} 元，不能销号。"
    en = "{number} still owes {owed} yuan with this month; it cannot be closed."
    alternative_zh = "请先充值 {owed} 元，再销号。"
    alternative_en = "Recharge {owed} yuan first, then close it."


class RestUndecided(Refusal):
    """Money is left and nobody said what becomes of it."""

    code = "telephone.rest_undecided"
    rule = "LAW-07"
    zh = "{number} 结清到本月还剩 {rest} 元，要先定余额怎么办。"
    en = "{number} has {rest} yuan left once this month is paid; say first what becomes of it."
    alternative_zh = "转到客户名下另一条固话、转入客户的预存余额，或由客户书面放弃。要现金的先转入预存余额，再在余额页办理退余额（要另一人批准）。"
    alternative_en = "Move it to another line, to the customer's prepaid balance, or the customer gives it up in writing. For cash move it to the balance and refund that (a second person approves)."


class CallsWait(Refusal):
    """Calls of the line were delivered and cannot be charged yet: what it has left is not known."""

    code = "telephone.calls_wait"
    rule = "VOI-02"
    zh = "{number} 有 {calls} 次通话还不能计费（{why}），最早的一次在 {since}，不能销号。"
    en = "{calls} calls of {number} cannot be charged yet ({why_en}), the first of {since}; it cannot be closed."
    alternative_zh = "请经理在“电话”页看等待中的通话，补好资费或价格；补好以后再销号，办理时自动计费。"
    alternative_en = "The manager sees them on the telephone page: once plan or price is put right close the line; they are charged with it."


@dataclass(frozen=True, slots=True)
class Rest:
    """What is left on a line, and what its months that are not billed yet will cost; in units."""

    line: voice.Line
    left: int
    fees: int

    @property
    def after(self) -> int:
        """What is left once every month is paid; below zero it is owed."""
        return self.left - self.fees

    @property
    def whole(self) -> Money:
        """What is left in whole fen; what is owed rounded up."""
        return Money(self.after // voice.PER_FEN)


def rest_of(phone: subscriptions.Subscription, *, book: PolicyBook, at: datetime) -> Rest:
    """The rest of a line if it ended now: every month up to this one is owed whole, or half where it began late (CAT-07)."""
    line = voice.line(phone.account_name, at=at, scope=_ALL)
    approved = [run.month for run in voice.runs(scope=_ALL) if run.approved_at is not None]
    opened = local(line.opened_at).date().replace(day=1)
    month, last = opened, local(at).date().replace(day=1)
    if approved:
        month = max(opened, voice.next_month(max(approved)))
    fees = 0
    while month <= last:
        fees += voice.fees_of_month(line.id, month, half_from=book[voice.HALF_FROM], scope=_ALL)
        month = voice.next_month(month)
    return Rest(line, voice.balance(line.id, scope=_ALL), fees)


def _held_rest(phone: subscriptions.Subscription, book: PolicyBook, at: datetime) -> Rest:
    """The rest with every call that was delivered, while nobody else pays in: of a recharge and an end at once the second sees
    what the first did. Calls go first: rating waits for whoever holds the line. Raises CallsWait."""
    line = voice.line(phone.account_name, at=at, scope=_ALL).id
    unrated = voice.rate_line(line=line, oldest=add_months(at, -book[voice.RAW_MONTHS]), at=at)
    if unrated.since is not None:
        why = [WAITS[reason] for reason in unrated.reasons]
        raise CallsWait(
            number=phone.account_name, calls=unrated.calls, since=f"{local(unrated.since):%Y-%m-%d %H:%M}",
            why="、".join(one.zh for one in why), why_en=", ".join(one.en for one in why),
        )  # fmt: skip
    voice.hold_line(line=line)
    return rest_of(phone, book=book, at=at)


def others_of(phone: subscriptions.Subscription, *, at: datetime) -> tuple[voice.Line, ...]:
    """The other lines of the same customer, to which a rest may go."""
    return tuple(
        one for one in lines_of_customer(int(phone.id), at=at) if one.state.subscription_id != phone.id
    )


def settle_rest(
    phone: subscriptions.Subscription, *, choice: str, book: PolicyBook, by: Actor, at: datetime
) -> dict[str, object]:
    """Before a line ends its calls are charged, and what is left goes where `choice` says: another line's id, TO_BALANCE or GIVEN_UP;
    for the trail. Broadband has nothing left.

    Raises ChangedElsewhere, CallsWait, OwesStill, RestUndecided.
    """
    if phone.kind != FIXED_LINE:
        return {}
    refusal = hall_refusal(change_hall(book), book)
    if refusal is not None:
        raise refusal
    rest = _held_rest(phone, book, at)
    if rest.after < 0:
        raise OwesStill(number=phone.account_name, owed=(-rest.whole).text)
    if rest.whole == Money.zero():
        return {}
    reference = f"ending:{rest.line.id}:{at.isoformat()}"
    if choice == TO_BALANCE:
        return _to_balance(phone, rest, reference, book=book, by=by, at=at)
    if choice == GIVEN_UP:
        return _given_up(rest, reference, book=book, at=at)
    to = next((one for one in others_of(phone, at=at) if str(one.id) == choice), None)
    if to is None:
        raise RestUndecided(field="rest", number=phone.account_name, rest=rest.whole.text)
    voice.move_rest(line=rest.line.id, to=to.id, reference=reference, amount=rest.whole, at=at)
    return {"moved_fen": rest.whole.fen, "to_line": to.id}


def _given_up(rest: Rest, reference: str, *, book: PolicyBook, at: datetime) -> dict[str, object]:
    """Off the line, and earned."""
    voice.take_rest(line=rest.line.id, how="waived", reference=reference, amount=rest.whole, at=at)
    ledger.book_earned(
        hall=rest.line.hall, amount=rest.whole, held=book[voice.PREPAID_ACCOUNT], earned=book[voice.REVENUE_ACCOUNT], at=at
    )  # fmt: skip
    return {"given_up_fen": rest.whole.fen}


def _to_balance(
    phone: subscriptions.Subscription,
    rest: Rest,
    reference: str,
    *,
    book: PolicyBook,
    by: Actor,
    at: datetime,
) -> dict[str, object]:
    """Off the line, onto the customer's balance, and so in the books: all or nothing."""
    party = customers.root(phone.party_id, scope=_ALL)
    voice.take_rest(line=rest.line.id, how="balance", reference=reference, amount=rest.whole, at=at)
    balances.move_in(party=party, line=rest.line.id, amount=rest.whole, hall=by.hall_id, by=by, at=at)
    ledger.book_moved(hall=rest.line.hall, amount=rest.whole, held=book[voice.PREPAID_ACCOUNT], at=at)
    publish(topic="balance.changed", hall_id=by.hall_id, at=at, payload={"party": party})
    return {"to_balance_fen": rest.whole.fen}
