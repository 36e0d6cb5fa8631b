"""What can be done for a household: a button with its price, or a grey line that says why not (ORD-05)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from onehall.contexts.catalogue import api as catalogue
from onehall.contexts.orders import api as orders
from onehall.contexts.subscriptions import api as subscriptions
from onehall.foundation.refusals import Refusal
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import local
from onehall.foundation.values.text import Text
from onehall.steps import basket as baskets
from onehall.steps.businesses import BUSINESSES
from onehall.steps.household import Situation


class BoundTerm(Refusal):
    """The paid term has to be served before the line is taken out."""

    code = "desk.bound_term"
    rule = "CHG-02"
    zh = "期内不办理拆机（付到 {until}），已付费用不退。"
    en = "It cannot be taken out inside its term (paid until {until}); nothing is refunded."
    alternative_zh = "可以登记到期拆机。"
    alternative_en = "Its end can be booked for the expiry."


@dataclass(frozen=True, slots=True)
class Option:
    """Something to do. `chosen` stands in the basket already; `refusal` greys it; `href` asks for more first."""

    words: Text
    choice: str
    amount: Money | None = None
    refusal: Refusal | None = None
    chosen: bool = False
    href: str = ""


def options_for(situation: Situation, choices: Sequence[baskets.Choice]) -> list[Option]:
    """What can be done first, the present offering before others; then what is chosen; each business that is refused once."""
    current = situation.live_offering.code if situation.live_offering else ""
    able = [_able(choice, situation) for choice in _one_line(choices) if choice.draft]
    able.sort(
        key=lambda option: (_RANK[option.choice.partition(":")[0]], not option.choice.endswith(f":{current}"))
    )
    chosen = [Option(_item_words(item), f"in:{item.business}", chosen=True) for item in situation.in_basket]
    done = {option.choice.partition(":")[0] for option in able}
    refused: dict[str, Option] = {}
    for choice in choices:
        if choice.refusal and not isinstance(choice.refusal, orders.ItemRepeated):
            words = BUSINESSES[choice.business]
            if choice.business in done and choice.business in _SAID_BY_THE_OTHERS:
                continue
            if choice.business in done:
                words = Text(f"{words.zh}：其他档次", f"{words.en}: other offers")
            refused.setdefault(
                choice.business, Option(words, f"no:{choice.business}", refusal=choice.refusal)
            )
    return [*able, *_changing(situation), *chosen, *refused.values()]


def _changing(situation: Situation) -> list[Option]:
    """A household with telephone lines is led to the page of their changes (CHG-06)."""
    if not situation.phones:
        return []
    href = f"/desk/customers/{situation.party_id}/line-changes?home={situation.home.id}"
    return [Option(Text("固话变更", "Change a telephone line"), "line_changes", href=href)]


_ASKS_FIRST = {baskets.MOVE: "move", baskets.NEW_FIXED_LINE: "telephone"}
"""Businesses that ask for more on a page of their own."""

_RANK = {business: place for place, business in enumerate(BUSINESSES)}
_SAID_BY_THE_OTHERS = {baskets.SPEED_CHANGE, baskets.NEW_FIXED_LINE}
"""Where something can be done, the rest needs no grey line: it is the speed that runs now, or said on the line's page."""


def _one_line(choices: Sequence[baskets.Choice]) -> Iterator[baskets.Choice]:
    """Of telephone lines the first that can be sold: which one, and its number, are chosen on a page of their own."""
    shown = False
    for choice in choices:
        telephone = choice.business == baskets.NEW_FIXED_LINE
        if not (telephone and (shown or choice.draft is None)):
            yield choice
        shown = shown or (telephone and choice.draft is not None)


def _able(choice: baskets.Choice, situation: Situation) -> Option:
    business, name = BUSINESSES[choice.business], choice.offering.name
    one_off = choice.offering.kind is catalogue.OfferingKind.ONE_OFF
    words = (
        name
        if one_off
        else business
        if choice.business == baskets.NEW_FIXED_LINE
        else Text(f"{business.zh} {name.zh}", f"{business.en}: {name.en}")
    )
    amount = choice.draft.amount if choice.draft else None
    page = _ASKS_FIRST.get(choice.business, "")
    href = f"/desk/customers/{situation.party_id}/{page}?home={situation.home.id}" if page else ""
    return Option(words, f"{choice.business}:{choice.offering.code}", amount, href=href)


def _item_words(item: orders.ItemDraft) -> Text:
    number = f" ×{item.quantity}" if item.quantity > 1 else ""
    return Text(f"{item.name.zh}{number}", f"{item.name.en}{number}")


def ending_facts(situation: Situation) -> dict[str, Any]:
    """拆机 as the rules have it now: where it leads, and the grey line while the term binds (CHG-02)."""
    live, book = situation.live, situation.book
    if live is None or any(item.business == baskets.RENEWAL for item in situation.in_basket):
        return {}
    href = f"/desk/accounts/{live.id}/ending"
    if live.ending is not None:
        return {"ending_href": href, "ending_words": Text("撤销到期拆机", "Withdraw the booked end")}
    decision = subscriptions.decide_ending(
        terms=live.terms, binding_months=book[subscriptions.BINDING_MONTHS], at=situation.at, show_hint=False
    )
    if decision.kind is subscriptions.EndingKind.NOW:
        return {"ending_href": href, "ending_words": Text("拆机", "Take the line out")}
    until = f"{local(decision.effective_at):%Y-%m-%d}"
    words = Text("登记到期拆机", "Book the end at expiry")
    return {"ending_href": href, "ending_words": words, "ending_no": BoundTerm(until=until)}
