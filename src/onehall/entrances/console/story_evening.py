"""The evenings of the demo's story: drawers counted and confirmed, takings bagged, and what the bank says of them (CSH-03, CSH-04)."""

import csv
import io
from datetime import datetime, timedelta
from typing import Any

from onehall.contexts.banking import api as banking
from onehall.contexts.custody import api as custody
from onehall.entrances.console.story_work import intent
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.sheetreader import Limits, read_sheet
from onehall.foundation.values.ids import DrawerId
from onehall.foundation.values.money import COINS_AND_NOTES, Money
from onehall.foundation.values.period import local
from onehall.journeys.confirm_drawer import confirm_drawer
from onehall.journeys.count_drawer import count_drawer
from onehall.journeys.hand_in_drawer import hand_in_drawer
from onehall.journeys.hand_over_bag import hand_over_bag
from onehall.journeys.import_bank_record import import_bank_record
from onehall.journeys.seal_bag import seal_bag
from onehall.journeys.sign_bag import sign_bag

EVERYWHERE = Scope.operator()
_CARRIER = "银行上门收款员"
_MANY = 1000  # structural: more bags than a story seals


def close_shift(*, drawer_id: DrawerId, clerk: Actor, manager: Actor, cashier: Actor, at: datetime) -> None:
    """Counted to the fen, handed in, confirmed; bagged, signed by a second person and carried off. Done twice, it is done once."""

    def step(word: str) -> dict[str, Any]:
        return {"intent": intent("evening", drawer_id, word), "at": at}

    drawer = custody.drawer(drawer_id, scope=EVERYWHERE)
    if drawer.closed_at is None:
        if drawer.handed_in_at is None:
            cash = custody.drawer_balance(drawer_id, scope=EVERYWHERE)
            count_drawer(counted=_pieces(cash), by=clerk, **step("count"))
            hand_in_drawer(reason="", by=clerk, **step("hand in"))
        confirm_drawer(drawer_id=drawer_id, confirm=True, note="", by=manager, **step("confirm"))
    due = custody.takings_due([drawer_id], scope=EVERYWHERE)[drawer_id]
    if due <= Money.zero():
        return
    bag = seal_bag(drawers=[drawer_id], counted=_pieces(due), by=cashier, **step("seal"))
    sign_bag(bag_id=bag.id, by=manager, **step("sign"))
    hand_over_bag(bag_id=bag.id, carrier=_CARRIER, by=cashier, **step("carry"))


def bring_bank_record(*, by: Actor, at: datetime) -> None:
    """What the bank booked by yesterday: every bag the day after it left; yesterday's is still awaited."""
    book, yesterday = policy_book(hall_id=by.hall_id, at=at), local(at).date() - timedelta(days=1)
    file = io.StringIO()
    rows = csv.writer(file)
    columns = (
        banking.COLUMN_DATE, banking.COLUMN_REFERENCE, banking.COLUMN_LABEL, banking.COLUMN_AMOUNT,
    )  # fmt: skip
    rows.writerow([book[column] for column in columns])
    booked = 0
    for bag in banking.bags_of_hall(by.hall_id, limit=_MANY, scope=by.scope):
        if bag.handed_at is not None and local(bag.handed_at).date() < yesterday:
            day = local(bag.handed_at).date() + timedelta(days=1)
            rows.writerow([day, f"R{bag.serial}", bag.serial, bag.amount.text.replace(",", "")])
            booked += 1
    if booked:
        limits = Limits(size=2**20, unpacked=2**20, ratio=100, rows=_MANY)  # structural: a file of our own
        sheet = read_sheet(file.getvalue().encode(), name="bank.csv", limits=limits)
        import_bank_record(sheet=sheet, by=by, at=at)


def _pieces(amount: Money) -> dict[int, int]:
    """The fewest notes and coins of a sum."""
    found, rest = {}, amount.fen
    for piece in sorted((one.fen for one in COINS_AND_NOTES), reverse=True):
        found[piece], rest = divmod(rest, piece)
    return {piece: number for piece, number in found.items() if number}
