"""The moment that counts for what is sold: now, or when a form was written while the system was down (CON-03)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from onehall.contexts.catalogue import api as catalogue
from onehall.contexts.orders import api as orders
from onehall.foundation.policy import PolicyBook
from onehall.foundation.policy.services import policy_book
from onehall.foundation.refusals import Refusal
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import PremisesId
from onehall.foundation.values.period import local
from onehall.steps.basket import price
from onehall.steps.changes import MOVE, WhereTo
from onehall.steps.household import (
    LINE_MOVE,
    LineChange,
    LineWanted,
    Situation,
    read_line_wanted,
    read_situation,
    read_target,
)
from onehall.steps.telephone import NEW_FIXED_LINE
from onehall.steps.telephone_changes import LINE_CHANGES, LINE_FEATURES, LINE_NUMBER, LINE_PLAN

WRITTEN_AT = "written_at"
"""Where an item, and the order that it becomes, carries when the form was written."""


class WrittenBeforeLine(Refusal):
    """The form is older than the line that it is about."""

    code = "orders.written_before_line"
    rule = "CON-03"
    zh = "纸质单写于 {written}，这条线路 {opened} 才开户，不能补录在它上面。"
    en = "The form was written on {written}, the line was opened on {opened}: it cannot be about this line."
    alternative_zh = "请核对纸质单上的日期和住址；开户单还没补录的，先补录开户单。"
    alternative_en = "Check date and address on the form; type in the form that opened the line first."


class ChangeWhat(Refusal):
    """A change of a telephone line that does not say what."""

    code = "telephone.change_what"
    rule = "CHG-06"
    status = 400
    zh = "没有写明要改成什么。"
    en = "It is not said what to change it to."
    alternative_zh = "请选资费或功能。"
    alternative_en = "Choose the plan or the features."


@dataclass(frozen=True, slots=True)
class Moment:
    """`at` decides prices, terms and policies (`book`); `paper` is the form that was written then."""

    at: datetime
    book: PolicyBook
    paper: orders.PaperForm | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to go into a basket; `to` is where a move takes the line, `line` the telephone line of a sale or the number
    wanted instead, `change` what is to be changed of one."""

    dwelling_id: PremisesId
    offering: str
    business: str
    quantity: int
    to: PremisesId | None = None
    line: LineWanted | None = None
    change: LineChange | None = None

    def told(self) -> dict[str, object]:
        """What an intent stands for (ORD-13)."""
        said: dict[str, object] = {
            "home": self.dwelling_id, "offering": self.offering, "business": self.business, "quantity": self.quantity,
        }  # fmt: skip
        if self.to:
            said["to"] = self.to
        if self.line:
            said["line"] = self.line.number
        if self.change:
            alarm = self.change.alarm
            features = list(self.change.features) if self.change.features is not None else None
            said["change"] = [self.change.number, self.change.plan, features, alarm.fen if alarm else None]
        return said


def moment_of(basket: orders.Basket | None, *, by: Actor, at: datetime) -> Moment:
    """When the basket counts as accepted, with the policies of that day."""
    paper = orders.paper_form(basket_id=basket.id, scope=by.scope) if basket else None
    then = paper.written_at if paper else at
    return Moment(then, policy_book(hall_id=by.hall_id, at=then, version=by.policy_version), paper)


def priced(wanted: Wanted, *, basket: orders.Basket, by: Actor, at: datetime) -> orders.ItemDraft:
    """The item as it would stand in this basket, by the prices, terms and policies of its moment (CAT-01).

    Raises what `price` raises, and WrittenBeforeLine.
    """
    moment = moment_of(basket, by=by, at=at)
    situation = read_situation(
        party_id=basket.party_id, dwelling_id=wanted.dwelling_id, basket=basket, book=moment.book, at=moment.at,
        scope=by.scope, names_at=at,
    )  # fmt: skip
    check_written(situation, moment)
    situation = _with_wishes(situation, wanted, basket=basket, by=by, at=at)
    offering = catalogue.offering_on_sale(wanted.offering, at=moment.at, scope=by.scope)
    draft = price(situation=situation, offering=offering, business=wanted.business, quantity=wanted.quantity)
    return stamped(draft, moment)


def _with_wishes(
    situation: Situation, wanted: Wanted, *, basket: orders.Basket, by: Actor, at: datetime
) -> Situation:
    """The household with what the customer wants of it: where to, which number, what is changed."""
    if wanted.business in (MOVE, LINE_MOVE):
        if wanted.to is None:
            raise WhereTo(field="address")
        target = read_target(dwelling_id=wanted.to, basket=basket, at=at, scope=by.scope)
        situation = replace(situation, target=target)
    if wanted.business in (NEW_FIXED_LINE, LINE_NUMBER):
        line = read_line_wanted(
            wanted.line or LineWanted(""),
            dwelling_id=wanted.dwelling_id,
            basket=basket,
            at=at,
            scope=by.scope,
        )
        situation = replace(situation, line_wanted=line)
    if wanted.business in LINE_CHANGES:
        situation = replace(situation, line_change=_change(wanted))
    return situation


def _change(wanted: Wanted) -> LineChange:
    """What is to be changed. Raises ChangeWhat where it is not said."""
    change = wanted.change or LineChange("")
    said = {
        LINE_PLAN: bool(change.plan),
        LINE_FEATURES: change.features is not None or change.alarm is not None,
    }
    if not said.get(wanted.business, True):
        raise ChangeWhat(field="plan" if wanted.business == LINE_PLAN else "features")
    return change


def check_written(situation: Situation, moment: Moment) -> None:
    """Refuses a form that is older than the line it is about."""
    live = situation.live
    if moment.paper is not None and live is not None and moment.at < live.opened_at:
        raise WrittenBeforeLine(written=_said(moment.at), opened=_said(live.opened_at))


def accepted_at(sold: Sequence[orders.Order], at: datetime) -> datetime:
    """When these orders count as accepted and paid: on paper, else `at`. Costs no query: the orders carry it."""
    written = sold[0].details.get(WRITTEN_AT) if sold else None
    return datetime.fromisoformat(written) if written else at


def remark_of(sold: Sequence[orders.Order]) -> str:
    """What the receipt says of the form, in both languages; empty for an ordinary sale."""
    written = sold[0].details.get(WRITTEN_AT) if sold else None
    if not written:
        return ""
    details, when = sold[0].details, _said(datetime.fromisoformat(written))
    hand = details.get("hand_receipt")
    swap = f"，换回手写收据 {hand}" if hand else ""
    swap_en = f", in place of handwritten receipt {hand}" if hand else ""
    return f"补录：纸质单 {details['paper']}，写于 {when}{swap} / Typed from form {details['paper']} of {when}{swap_en}"


def stamped(draft: orders.ItemDraft, moment: Moment) -> orders.ItemDraft:
    """The item with the moment that its order will count from."""
    paper = moment.paper
    if paper is None:
        return draft
    facts = {
        WRITTEN_AT: paper.written_at.isoformat(),
        "paper": paper.number,
        "hand_receipt": paper.hand_receipt,
    }
    return replace(draft, details={**draft.details, **facts}, rules=(*draft.rules, "CON-03"))


def _said(moment: datetime) -> str:
    return f"{local(moment):%Y-%m-%d %H:%M}"
