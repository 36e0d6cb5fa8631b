"""Changes of a telephone line as items of a basket: plan, features, number, dwelling, rest (CAT-05, CHG-06, FEE-01, BIL-02)."""

from dataclasses import replace
from typing import Any

from onehall.contexts.catalogue import api as catalogue
from onehall.contexts.numbers import api as numbers
from onehall.contexts.orders import api as orders
from onehall.contexts.organisation import api as organisation
from onehall.contexts.subscriptions import api as subscriptions
from onehall.contexts.voice import api as voice
from onehall.foundation.policy import PolicyBook
from onehall.foundation.refusals import Refusal
from onehall.foundation.scopes import Scope
from onehall.foundation.values.period import local, month_of
from onehall.foundation.values.text import Text
from onehall.steps.drafts import current_term, drafted
from onehall.steps.household import LINE_MOVE, LineChange, Situation, Target
from onehall.steps.telephone import NEW_FIXED_LINE, NoTelephone, NumberNotOffered, check_alarm

LINE_PLAN = "line_plan"
LINE_FEATURES = "line_features"
LINE_NUMBER = "line_number"
LINE_SUSPENSION = "line_suspension"
LINE_RESUMPTION = "line_resumption"

LINE_CHANGES = (LINE_PLAN, LINE_FEATURES, LINE_NUMBER, LINE_MOVE, LINE_SUSPENSION, LINE_RESUMPTION)
"""In the order in which they are offered."""
UNITS = 100  # structural: a fen is a hundred units of 1/10000 yuan
_ALL = Scope.operator()


class ChangedElsewhere(Refusal):
    """Telephone lines are changed at one named hall."""

    code = "telephone.changed_elsewhere"
    rule = "CHG-06"
    zh = "固话变更只在{hall}办理，本厅不能办。"
    en = "Telephone lines are changed at {hall_en} only, not at this hall."
    alternative_zh = "请客户到{hall}（{address}，电话 {phone}）；充值、查话费在本厅可以办。"
    alternative_en = (
        "Send the customer to {hall_en} ({address_en}, {phone}); recharges and balances are served here."
    )


class KeepsItsPlan(Refusal):
    """A line without rent has the plan of its broadband."""

    code = "telephone.keeps_its_plan"
    rule = "CAT-03"
    zh = "{number} 随宽带免月租，不能单独改资费。"
    en = "{number} has no rent beside its broadband; its plan is not changed by itself."
    alternative_zh = "宽带拆机之日起自动按单装资费；那以后可以改。"
    alternative_en = (
        "From the day the broadband is taken out it has the stand-alone plan, which can be changed then."
    )


class NothingChanges(Refusal):
    """The line is so already."""

    code = "telephone.nothing_changes"
    rule = "CAT-05"
    zh = "{number} 现在就是这样，没有要改的。"
    en = "{number} is so already; there is nothing to change."
    alternative_zh = "请核对客户要改什么。"
    alternative_en = "Check what the customer wants changed."


class MovesWithBroadband(Refusal):
    """A line without rent stays where its broadband is."""

    code = "telephone.moves_with_broadband"
    rule = "CAT-03"
    zh = "{number} 随宽带免月租，和宽带一起移机。"
    en = "{number} has no rent beside its broadband, and moves with it."
    alternative_zh = "请办宽带移机，固话一起移过去。"
    alternative_en = "Move the broadband: the line goes along."


class RestsAlready(Refusal):
    """It is stopped at the customer's wish, or it is not."""

    code = "telephone.rests"
    rule = "BIL-02"
    zh = "{number} {state}。"
    en = "{number} {state_en}."
    alternative_zh = "请核对号码；余额用完停机的，充值后自动恢复。"
    alternative_en = (
        "Check the number; a line that was stopped because nothing is left works again once it is recharged."
    )


def check_hall(situation: Situation) -> None:
    """CHG-06: telephone lines are changed at the hall that the operator named. Raises ChangedElsewhere."""
    refusal = hall_refusal(situation.change_hall, situation.book)
    if refusal is not None:
        raise refusal


def hall_refusal(hall: organisation.Hall | None, book: PolicyBook) -> ChangedElsewhere | None:
    """Why this hall does not change telephone lines, with the way to the one that does (CHG-06)."""
    if hall is None or hall.id == book.hall_id:
        return None
    return ChangedElsewhere(
        hall=hall.formal_name.zh, hall_en=hall.formal_name.en, address=hall.address.zh, address_en=hall.address.en, phone=hall.phone
    )  # fmt: skip


def line_of(situation: Situation) -> tuple[subscriptions.Subscription, voice.Line]:
    """The household's line that is to be changed, the first where none is named. Raises ChangedElsewhere, NoTelephone."""
    check_hall(situation)
    named = situation.line_change.number if situation.line_change else ""
    for phone in situation.phones:
        line = next((one for one in situation.lines if one.subscription == phone.id), None)
        if line is not None and named in ("", phone.account_name):
            return phone, line
    raise NoTelephone(field="number" if named else None)


def line_plan(situation: Situation, offering: catalogue.Offering, quantity: int) -> orders.ItemDraft:
    """改资费 from the first of the next month; without a choice, what it would cost. KeepsItsPlan, NothingChanges, NotEligible."""
    phone, line = line_of(situation)
    if line.state.rent_free:
        raise KeepsItsPlan(number=phone.account_name)
    begins = month_of(local(situation.at).date()).end
    wanted = situation.line_change.plan if situation.line_change else ""
    details: dict[str, Any] = {"line": line.id, "begins": begins.isoformat()}
    name = offering.name
    if wanted:
        chosen = catalogue.offering_on_sale(wanted, at=situation.at, scope=_ALL)
        _check_plan(situation, line, chosen, phone.account_name)
        details["plan"] = chosen.code
        name = Text(
            f"{name.zh} {phone.account_name} → {chosen.name.zh}，{local(begins):%Y-%m-%d} 起",
            f"{name.en} {phone.account_name} → {chosen.name.en}, from {local(begins):%Y-%m-%d}",
        )
    return _item(situation, offering, LINE_PLAN, phone, details, ("CAT-05", "CHG-06"), name)


def plans_for(situation: Situation, line: voice.Line) -> list[catalogue.Offering]:
    """The plans that this line could have, its own left out."""
    return [
        one
        for one in catalogue.offerings(at=situation.at, scope=_ALL)
        if one.code in situation.telephones
        and one.sold_as(NEW_FIXED_LINE)
        and isinstance(_verdict(situation, line, one), catalogue.Allowed)
        and not _same(situation.telephones[one.code], line.state)
    ]


def _check_plan(situation: Situation, line: voice.Line, chosen: catalogue.Offering, number: str) -> None:
    verdict = _verdict(situation, line, chosen)
    if isinstance(verdict, catalogue.Denied):
        raise catalogue.NotEligible.because(verdict)
    if _same(situation.telephones[chosen.code], line.state):
        raise NothingChanges(field="plan", number=number)


def _same(own: catalogue.Telephone, state: voice.LineState) -> bool:
    return own.plan == state.plan and own.bundled == state.rent_free


def _verdict(situation: Situation, line: voice.Line, chosen: catalogue.Offering) -> catalogue.Verdict:
    """Whether a new line of this kind could be sold here, from whoever this line is of (ADR-03)."""
    return catalogue.judge(
        chosen, NEW_FIXED_LINE,
        catalogue.Circumstances(
            party_kind=situation.party_kind, compound=situation.home.compound, source=line.state.partner or numbers.OWN,
            at=situation.at, current=current_term(situation),
        ),
    )  # fmt: skip


def line_features(situation: Situation, offering: catalogue.Offering, quantity: int) -> orders.ItemDraft:
    """固话功能: features and the balance below which to warn, at once. FeatureUnknown, AlarmNotPossible, NothingChanges."""
    phone, line = line_of(situation)
    change, name = situation.line_change, offering.name
    details: dict[str, Any] = {"line": line.id}
    if change is not None and (change.features is not None or change.alarm is not None):
        details |= _features(change, line.state, situation.book)
        on = [catalogue.FEATURES[code] for code in details["features"]]
        said = Text("、".join(one.zh for one in on) or "无", ", ".join(one.en for one in on) or "none")
        name = Text(
            f"{name.zh} {phone.account_name}：{said.zh}", f"{name.en} {phone.account_name}: {said.en}"
        )
    return _item(situation, offering, LINE_FEATURES, phone, details, ("CAT-05", "CHG-06"), name)


def _features(change: LineChange, state: voice.LineState, book: PolicyBook) -> dict[str, Any]:
    """What is wanted, with what it was. A threshold in units."""
    on = state.features if change.features is None else change.features
    features = list(catalogue.features_given(on))
    if change.alarm is not None:
        check_alarm(change.alarm, book)
    alarm = state.alarm_threshold if change.alarm is None else change.alarm.fen * UNITS
    if (sorted(features), alarm) == (sorted(state.features), state.alarm_threshold):
        raise NothingChanges(field="features", number=state.number)
    was = {"features": list(state.features), "alarm": state.alarm_threshold}
    return {"features": features, "alarm": alarm, "was": was}


def line_number(situation: Situation, offering: catalogue.Offering, quantity: int) -> orders.ItemDraft:
    """换号: another free number of the compound and of the same source; the old one rests (ADR-03, LAW-13). NumberNotOffered."""
    phone, line = line_of(situation)
    name, wanted = offering.name, situation.line_wanted
    details: dict[str, Any] = {"line": line.id}
    if wanted is not None:
        if not wanted.offered or wanted.source != (line.state.partner or numbers.OWN):
            raise NumberNotOffered(field="to_number", number=wanted.number[:20] or "—")
        details |= {"to_number": wanted.number, "source": wanted.source}
        way = f"{phone.account_name} → {wanted.number}"
        name = Text(f"{name.zh} {way}", f"{name.en} {way}")
    return _item(situation, offering, LINE_NUMBER, phone, details, ("ADR-03", "CHG-06", "LAW-13"), name)


def line_move(situation: Situation, offering: catalogue.Offering, quantity: int) -> orders.ItemDraft:
    """固话移机 inside the compound, the number stays; without a target, what it would cost (FEE-01). MovesWithBroadband, NotMovable."""
    phone, line = line_of(situation)
    if line.state.rent_free:
        raise MovesWithBroadband(number=phone.account_name)
    target = situation.target
    given = _move_given(situation, target) if target else None
    subscriptions.check_move(
        account=phone.account_name, given=given, paid_until=None, ending=phone.ending,
        open_work=situation.line_work.get(phone.id, ""), at=situation.at, lasting=True,
    )  # fmt: skip
    details, name = {"line": line.id}, offering.name
    if target is not None:
        details["to"] = target.home.id
        name = Text(
            f"{name.zh} {phone.account_name} → {target.home.label}",
            f"{name.en} {phone.account_name} → {target.home.label}",
        )
    return _item(situation, offering, LINE_MOVE, phone, details, ("FEE-01", "CHG-06"), name)


def _move_given(situation: Situation, target: Target) -> subscriptions.MoveGiven:
    """A dwelling may have several telephone lines: none is in the way of another."""
    home = situation.home
    return subscriptions.MoveGiven(
        from_dwelling=home.id, from_compound=home.compound, to_dwelling=target.home.id, to_compound=target.home.compound,
        to_label=target.home.label, taken=False,
    )  # fmt: skip


def line_suspension(situation: Situation, offering: catalogue.Offering, quantity: int) -> orders.ItemDraft:
    """固话停机 at the customer's wish; the rent runs on meanwhile (BIL-02, LAW-07). RestsAlready."""
    return _rest(situation, offering, LINE_SUSPENSION, suspended=True)


def line_resumption(situation: Situation, offering: catalogue.Offering, quantity: int) -> orders.ItemDraft:
    """固话复机: what rests at the customer's wish works again. RestsAlready."""
    return _rest(situation, offering, LINE_RESUMPTION, suspended=False)


def _rest(
    situation: Situation, offering: catalogue.Offering, business: str, *, suspended: bool
) -> orders.ItemDraft:
    phone, line = line_of(situation)
    if line.state.suspended == suspended:
        state, state_en = (
            ("已经停机", "rests already")
            if suspended
            else ("没有停机", "does not rest at the customer's wish")
        )
        raise RestsAlready(number=phone.account_name, state=state, state_en=state_en)
    name = Text(f"{offering.name.zh} {phone.account_name}", f"{offering.name.en} {phone.account_name}")
    rules = ("BIL-02", "CHG-06")
    return _item(situation, offering, business, phone, {"line": line.id}, rules, name)


def _item(
    situation: Situation, offering: catalogue.Offering, business: str, phone: subscriptions.Subscription, details: dict[str, Any],
    rules: tuple[str, ...], name: Text,
) -> orders.ItemDraft:  # fmt: skip
    about = replace(situation, live=phone)
    price = catalogue.unit_price(offering, situation.book)
    return drafted(
        about, offering, business, price, {**details, "account": phone.account_name}, rules, name=name
    )


def new_number_claim(item: orders.ItemDraft | orders.Order) -> numbers.NumberClaim | None:
    """The telephone number that a change asks for; none before it is chosen."""
    if item.business != LINE_NUMBER or "to_number" not in item.details:
        return None
    details = item.details
    return numbers.NumberClaim(
        numbers.NumberKind.TELEPHONE, details["to_number"], details["source"], item.dwelling_id
    )
