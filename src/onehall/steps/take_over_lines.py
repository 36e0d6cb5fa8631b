"""What the accepted rows of a fixed-line register become: lines with number, plan and features, and their opening balances (LED-02)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from onehall.contexts.catalogue import api as catalogue
from onehall.contexts.ledger import api as ledger
from onehall.contexts.numbers import api as numbers
from onehall.contexts.provisioning import api as provisioning
from onehall.contexts.registers import api as registers
from onehall.contexts.subscriptions import api as subscriptions
from onehall.contexts.voice import api as voice
from onehall.foundation.policy import PolicyBook
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.values.ids import HallId, PartyId, PremisesId, SubscriptionId
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import midnight
from onehall.steps.household import FIXED_LINE
from onehall.steps.line_states import line_terms_at, wish_of, with_terms

_ALL = Scope.operator()
_MARKS = {"呼叫转移": "call_forward", "来电显示": voice.CALLER_ID}
Row = tuple[registers.Readings, PartyId, PremisesId, HallId, str]
"""A row with its customer, its dwelling, its hall and the source of its number."""


def take_over_lines(
    rows: Sequence[Row], *, book: PolicyBook, by: Actor, at: datetime
) -> tuple[SubscriptionId, ...]:
    """Lines as the sheet has them from now on, each with what was paid in elsewhere; what stood on paper is no sale of ours."""
    new = [_subscription(row, book, at) for row in rows]
    opened = [min(midnight(numbers.serial_on_paper(row[0]["流水号"].text).day), at) for row in rows]
    ids = subscriptions.take_over_subscriptions(given=new, opened=opened, by=by)
    bundled = {part.plan: part for part in catalogue.telephones(scope=_ALL).values() if part.bundled}
    states = [_state(row, one, bundled, book, at) for row, one in zip(rows, ids, strict=True)]
    amounts = [Money(row[0]["预付金额"].value) for row in rows]
    halls = [row[3] for row in rows]
    voice.take_over_lines(lines=states, amounts=amounts, halls=halls, by=by, at=at)
    provisioning.take_over_telephones(
        wishes=[wish_of(state, book) for state in states], initial=book[provisioning.INITIAL_SERVICE_PASSWORD],
        rounds=book[provisioning.HASH_ROUNDS], at=at,
    )  # fmt: skip
    sums: dict[HallId, Money] = defaultdict(Money.zero)
    for hall, amount in zip(halls, amounts, strict=True):
        sums[hall] += amount
    _book(sums, sign=1, book=book, at=at)
    return ids


def take_back_lines(subscription_ids: Sequence[SubscriptionId], *, book: PolicyBook, at: datetime) -> int:
    """The lines are as if they had never come, and their balances leave the books. How many rows of a later life stand against it; then nothing is done."""
    ids = [int(one) for one in subscription_ids]
    voice.wait_for_months(scope=_ALL)
    used = voice.lines_used(ids, scope=_ALL)
    if not used:
        _book(voice.withdraw_lines(subscription_ids=ids), sign=-1, book=book, at=at)
        provisioning.withdraw_telephones(subscription_ids=ids)
    return used


def _book(sums: Mapping[HallId, Money], *, sign: int, book: PolicyBook, at: datetime) -> None:
    for hall, amount in sums.items():
        if amount > Money.zero():
            ledger.book_opening(
                hall=hall, amount=Money(sign * amount.fen), held=book[voice.PREPAID_ACCOUNT], against=book[voice.OPENING_ACCOUNT], at=at
            )  # fmt: skip


def _subscription(row: Row, book: PolicyBook, at: datetime) -> subscriptions.NewSubscription:
    readings, party, home, _, _ = row
    return subscriptions.NewSubscription(
        party_id=party, dwelling_id=home, kind=FIXED_LINE, account_name=readings["用户号码"].text, serial=readings["流水号"].text,
        starts_at=at, bought=subscriptions.Bought(None, "", 0, Money.zero(), 0, book.version),
    )  # fmt: skip


def _state(
    row: Row, line: SubscriptionId, bundled: Mapping[str, catalogue.Telephone], book: PolicyBook, at: datetime
) -> voice.LineState:
    """A plan that goes with broadband has no rent; its credits are those of what is paid beside it (CAT-03, CAT-04)."""
    readings, _, home, _, source = row
    alarm = readings["告警阀值"].value
    threshold = book[catalogue.ALARM_THRESHOLD].fen if alarm is None else alarm
    plan = readings["资费计划"].text
    state = voice.LineState(
        number=readings["用户号码"].text, subscription_id=line, plan=plan,
        features=tuple(sorted(code for column, code in _MARKS.items() if readings[column].text)), rent_free=plan in bundled,
        monthly_credit=0, annual_credit=0, annual_credit_until=None, alarm_threshold=threshold * voice.PER_FEN,
        partner="" if source == numbers.OWN else source, suspended=False, closed=False,
    )  # fmt: skip
    if plan not in bundled:
        return state
    terms = line_terms_at(bundled[plan], dwelling=home, book=book, at=at, scope=_ALL)
    return with_terms(state, terms) if terms.rent_free else state
