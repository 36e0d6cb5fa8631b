"""Telephone lines as items of a basket: a new line, another point (ORD-08, CAT-03 … CAT-07, FEE-02)."""

from dataclasses import replace
from typing import Any

from onehall.contexts.catalogue import api as catalogue
from onehall.contexts.numbers import api as numbers
from onehall.contexts.orders import api as orders
from onehall.contexts.subscriptions import api as subscriptions
from onehall.contexts.voice import api as voice
from onehall.foundation.policy import PolicyBook
from onehall.foundation.refusals import Refusal
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import local
from onehall.foundation.values.text import Text
from onehall.steps.drafts import drafted
from onehall.steps.household import FIXED_LINE, TELEPHONE, LineWanted, Situation

NEW_FIXED_LINE = "new_fixed_line"
TELEPHONE_POINT = "telephone_point"

TELEPHONE_BUSINESSES = (NEW_FIXED_LINE, TELEPHONE_POINT)


class NumberNotOffered(Refusal):
    """The number is no free one of this compound."""

    code = "telephone.number_not_offered"
    rule = "ADR-03"
    zh = "号码 {number} 在本小区不可选：不在号段内，或已有人用、已为别人保留、在冷冻期内。"
    en = "{number} cannot be chosen here: it is not of this compound, or in use, reserved, or at rest."
    alternative_zh = "请从本小区的空号里选。"
    alternative_en = "Choose one of the compound's free numbers."


class PrepaymentTooLow(Refusal):
    """Less than what is paid ahead at least."""

    code = "telephone.prepayment_too_low"
    rule = "ORD-08"
    status = 400
    zh = "预存话费至少 {least} 元，填的是 {given} 元。"
    en = "At least {least} yuan are paid ahead; {given} were given."
    alternative_zh = "15 日起新装的联通固话，当月只收一半，预存多收半个月（CAT-07）。"
    alternative_en = (
        "From the 15th on a Unicom line pays half the month, and half a month more is paid ahead (CAT-07)."
    )


class AlarmNotPossible(Refusal):
    """A balance below which a line cannot warn."""

    code = "telephone.alarm_not_possible"
    rule = "BIL-02"
    status = 400
    zh = "余额低于多少提醒，可以设 {least} 到 {most} 元，填的是 {given} 元。"
    en = "The balance below which to warn is {least} to {most} yuan; {given} was given."
    alternative_zh = "空着就是通常的数。"
    alternative_en = "Leave it empty for the usual one."


class NoTelephone(Refusal):
    """There is no telephone line to change."""

    code = "telephone.no_line"
    rule = "ADR-06"
    zh = "这一户没有固话。"
    en = "This dwelling has no telephone line."
    alternative_zh = "请先办理新装固话，可与本项一起收款。"
    alternative_en = "Take a new telephone line first; one basket holds both."


def least_prepaid(situation: Situation, offering: catalogue.Offering) -> Money:
    """What is paid ahead at least for this line today (CAT-07)."""
    book = situation.book
    return catalogue.first_prepayment(
        situation.telephones[offering.code], least=catalogue.unit_price(offering, book), month=book[catalogue.LINE_MONTH],
        boundary=book[voice.HALF_FROM], on=local(situation.at).date(),
    )  # fmt: skip


def source_wanted(situation: Situation, offering: catalogue.Offering) -> str:
    """Whose line it would be: the chosen number's, else the offering's first (ADR-03)."""
    wanted = situation.line_wanted
    if wanted is not None and wanted.source:
        return wanted.source
    return offering.sources[0] if offering.sources else numbers.OWN


def new_fixed_line(situation: Situation, offering: catalogue.Offering, quantity: int) -> orders.ItemDraft:
    """The chosen line with its prepayment; without a choice, what is paid at least.

    Raises NumberNotOffered, PrepaymentTooLow, FeatureUnknown.
    """
    least, wanted = least_prepaid(situation, offering), situation.line_wanted
    prepaid = least if wanted is None or wanted.prepaid is None else wanted.prepaid
    if prepaid < least:
        raise PrepaymentTooLow(field="prepaid", least=least.text, given=prepaid.text)
    details: dict[str, Any] = {
        "source": source_wanted(situation, offering),
        "serial_prefix": numbers.serial_prefix(compound_code=situation.home.compound, kind=FIXED_LINE),
    }
    name = offering.name
    if wanted is not None:
        details |= _line_details(wanted, situation)
        name = Text(f"{name.zh} {wanted.number}，含预存话费", f"{name.en} {wanted.number}, with call credit")
    rules = ("ORD-08", "ADR-03", *(("CAT-07",) if situation.telephones[offering.code].half_month else ()))
    return drafted(
        replace(situation, live=None), offering, NEW_FIXED_LINE, prepaid, details, rules, name=name
    )


def _line_details(wanted: LineWanted, situation: Situation) -> dict[str, Any]:
    """Number, features and threshold. Raises NumberNotOffered, AlarmNotPossible, FeatureUnknown."""
    if not wanted.offered:
        raise NumberNotOffered(field="number", number=wanted.number[:20] or "—")
    alarm = wanted.alarm if wanted.alarm is not None else situation.book[catalogue.ALARM_THRESHOLD]
    if wanted.alarm is not None:
        check_alarm(wanted.alarm, situation.book)
    features = list(catalogue.features_given(wanted.features))
    return {"account": wanted.number, "features": features, "alarm_fen": alarm.fen}


def check_alarm(alarm: Money, book: PolicyBook) -> None:
    """A threshold that somebody chose lies within the policy's bounds. Raises AlarmNotPossible."""
    least, most = book[catalogue.LEAST_ALARM], book[catalogue.MOST_ALARM]
    if not least <= alarm <= most:
        raise AlarmNotPossible(field="alarm", least=least.text, most=most.text, given=alarm.text)


def telephone_point(situation: Situation, offering: catalogue.Offering, quantity: int) -> orders.ItemDraft:
    """Each telephone point beyond the free ones costs its fee (ADR-06, FEE-02)."""
    included, number = situation.book[subscriptions.INCLUDED_POINTS], _number_there(situation)
    charged = subscriptions.points_to_charge(
        existing=included + situation.telephone_points, requested=quantity, included=included
    )
    line = replace(situation, live=next(iter(situation.phones), None))
    return drafted(
        line, offering, TELEPHONE_POINT, catalogue.unit_price(offering, situation.book) * charged,
        {"account": number, "points": TELEPHONE}, ("ADR-06", "FEE-02"), quantity=quantity, dwelling_id=situation.works_at,
    )  # fmt: skip


def _number_there(situation: Situation) -> str:
    if situation.phones:
        return situation.phones[0].account_name
    chosen = situation.chosen(NEW_FIXED_LINE)
    if chosen is None:
        raise NoTelephone()
    return str(chosen.details["account"])


def number_claim(item: orders.ItemDraft | orders.Order) -> numbers.NumberClaim | None:
    """The telephone number that a new line asks for; none before it is chosen."""
    if item.business != NEW_FIXED_LINE or "account" not in item.details:
        return None
    kind, details = numbers.NumberKind.TELEPHONE, item.details
    return numbers.NumberClaim(kind, details["account"], details["source"], item.dwelling_id)
