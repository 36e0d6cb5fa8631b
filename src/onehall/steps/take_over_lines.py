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
from onehall.steps.household import BROADBAND, FIXED_LINE
from onehall.steps.line_states import line_terms_beside, wish_of, with_terms

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
    terms = _terms_with_broadband(rows, book, at)
    states = [_state(row, one, terms, book) for row, one in zip(rows, ids, strict=True)]
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


def _terms_with_broadband(
    rows: Sequence[Row], book: PolicyBook, at: datetime
) -> dict[tuple[PremisesId, str], catalogue.LineTerms]:
    """By dwelling and plan: the terms of lines on plans that go with broadband, beside what is paid for it there (CAT-03, CAT-04)."""
    parts = catalogue.telephones(scope=_ALL)
    bundled = {part.plan: part for part in parts.values() if part.bundled}
    wanted = {(home, row["资费计划"].text) for row, _, home, _, _ in rows if row["资费计划"].text in bundled}
    homes = [home for home, _ in wanted]
    live = subscriptions.live_by_dwelling(dwelling_ids=homes, kind=BROADBAND, scope=_ALL)
    return {
        (home, plan): line_terms_beside(bundled[plan], live.get(home), parts=parts, book=book, at=at)
        for home, plan in wanted
    }


def _state(
    row: Row,
    line: SubscriptionId,
    with_broadband: Mapping[tuple[PremisesId, str], catalogue.LineTerms],
    book: PolicyBook,
) -> voice.LineState:
    """A plan that goes with broadband has no rent; its credits are those of what is paid beside it."""
    readings, _, home, _, source = row
    alarm = readings["告警阀值"].value
    threshold = book[catalogue.ALARM_THRESHOLD].fen if alarm is None else alarm
    plan = readings["资费计划"].text
    terms = with_broadband.get((home, plan))
    state = voice.LineState(
        number=readings["用户号码"].text, subscription_id=line, plan=plan,
        features=tuple(sorted(code for column, code in _MARKS.items() if readings[column].text)), rent_free=terms is not None,
        monthly_credit=0, annual_credit=0, annual_credit_until=None, alarm_threshold=threshold * voice.PER_FEN,
        partner="" if source == numbers.OWN else source, suspended=False, closed=False,
    )  # fmt: skip
    return with_terms(state, terms) if terms is not None and terms.rent_free else state
