"""过户 Whether a line may pass to another owner: one pure decision, used by the page and by the procedure alike (SEC-05)."""

from dataclasses import dataclass
from datetime import datetime

from onehall.contexts.customers import api as customers
from onehall.contexts.fieldwork import api as fieldwork
from onehall.contexts.orders import api as orders
from onehall.contexts.subscriptions import api as subscriptions
from onehall.foundation.refusals import Refusal
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.values.ids import PartyId
from onehall.foundation.values.period import local
from onehall.foundation.values.text import Text


class TransferRefused(Refusal):
    """The line cannot pass on now."""

    code = "transfer.refused"
    rule = "SEC-05"
    zh = "{account} 现在不能过户：{why}。"
    en = "{account} cannot pass to another owner now: {why_en}."
    alternative_zh = "{instead}"
    alternative_en = "{instead_en}"


class PartyNotVerified(Refusal):
    """Both of them stand at the counter with their documents."""

    code = "transfer.party_not_verified"
    rule = "SEC-05"
    status = 403
    zh = "过户要原户主和新户主都到场，并由您核对两人的证件原件；{who}还没有核对。"
    en = "Both owners come with their original documents and you check both; {who_en} has not been checked."
    alternative_zh = "请打开这位客户，选“本人到场，已核对证件原件”，再回到过户。"
    alternative_en = "Open that customer, state “present, document checked”, then come back."


@dataclass(frozen=True, slots=True)
class Standing:
    """What decides: is it live, is its end booked, until when it is paid, what is under way, what is unpaid."""

    account: str
    ended: bool
    ending_at: datetime | None
    expires_at: datetime | None
    open_work: str
    unpaid_baskets: int


_REASONS = {
    "ended": (
        Text("业务已终止", "it has ended"),
        Text("新户主可以办理新装。", "The new owner can take it as a new service."),
    ),
    "ending": (
        Text("已登记 {day} 拆机", "its end on {day} is booked"),
        Text("请先撤销拆机登记。", "Withdraw the booked end first."),
    ),
    "expired": (
        Text("已于 {day} 到期，没有在用的期限", "it expired on {day}, no term is in force"),
        Text("请原户主先续费，再过户。", "The present owner renews it first."),
    ),
    "work": (
        Text("还有没办完的工单 {work}", "work is not finished ({work})"),
        Text("等施工、回单、归档后再过户。", "Wait until the work is done and filed."),
    ),
    "unpaid": (
        Text("原户主还有 {n} 张没有收款的受理单", "the present owner has {n} unpaid baskets"),
        Text("请先收款或放弃那张受理单。", "Take the payment or give the basket up first."),
    ),
}


def why_not(standing: Standing, *, at: datetime) -> str:
    """The first reason against it, or nothing: ended, ending, expired, work, unpaid."""
    if standing.ended:
        return "ended"
    if standing.ending_at is not None:
        return "ending"
    if standing.expires_at is None or standing.expires_at <= at:
        return "expired"
    if standing.open_work:
        return "work"
    return "unpaid" if standing.unpaid_baskets else ""


def refusal_of(standing: Standing, *, at: datetime) -> TransferRefused | None:
    """The reason in words, with what can be done instead."""
    reason = why_not(standing, at=at)
    if not reason:
        return None
    why, instead = _REASONS[reason]
    moment = standing.ending_at if reason == "ending" else standing.expires_at
    said = {
        "day": f"{local(moment):%Y-%m-%d}" if moment else "—",
        "work": standing.open_work,
        "n": standing.unpaid_baskets,
    }
    return TransferRefused(
        account=standing.account, why=why.zh.format(**said), why_en=why.en.format(**said), instead=instead.zh,
        instead_en=instead.en,
    )  # fmt: skip


def read_standing(line: subscriptions.Subscription, *, scope: Scope) -> Standing:
    """Work of any hall counts, and every basket of the owner, also under a record that was merged into theirs."""
    everywhere = Scope.operator()
    work = fieldwork.open_work_of(subscription_id=line.id, scope=everywhere)
    mine = customers.groups([line.party_id], scope=scope)[line.party_id]
    return Standing(
        account=line.account_name,
        ended=line.ended_at is not None,
        ending_at=line.ending.effective_at if line.ending else None,
        expires_at=line.expires_at,
        open_work=work,
        unpaid_baskets=len(orders.unfinished_baskets(party_ids=mine, scope=everywhere)),
    )


def check_present(*, party_id: PartyId, who: Text, user_id: int, at: datetime, scope: Scope) -> None:
    """Whether this person has checked the party's original document just now. PartyNotVerified names who is missing."""
    held = customers.verification_in_force(party_id, user_id=user_id, at=at, scope=scope)
    if held is None or held.verification is not customers.Verification.ID_DOCUMENT:
        raise PartyNotVerified(who=who.zh, who_en=who.en)


class SameOwner(Refusal):
    """It is theirs already, also under a record that was merged."""

    code = "transfer.same_owner"
    rule = "SEC-05"
    status = 400
    zh = "这项业务已经在这位客户名下，不用过户。"
    en = "The line is this customer's already."
    alternative_zh = "只是姓名或证件登记有误的，请办理更正。"
    alternative_en = "If only a name or a number is wrong, correct it instead."


def owners_in_service(former: PartyId, owner: PartyId, *, by: Actor) -> tuple[PartyId, PartyId]:
    """The records under which the two are served, both held in the order of their numbers. SameOwner, CustomerNotFound."""
    served = {
        party_id: customers.customer_in_service(party_id=party_id, by=by)
        for party_id in sorted({former, owner})
    }
    if served[former] == served[owner]:
        raise SameOwner(field="owner")
    return served[former], served[owner]


_FORMER, _OWNER = Text("原户主", "the present owner"), Text("新户主", "the new owner")


def owners_checked(
    line: subscriptions.Subscription, owner: PartyId, *, by: Actor, at: datetime
) -> tuple[PartyId, PartyId]:
    """The two records, held; both are here and nothing stands against it. PartyNotVerified, TransferRefused."""
    former, owner = owners_in_service(line.party_id, owner, by=by)
    try:
        line = subscriptions.line_in_hand(subscription_id=line.id, owner=line.party_id, by=by)
    except subscriptions.LineChanged:
        raise PartyNotVerified(who=_FORMER.zh, who_en=_FORMER.en) from None
    for party_id, who in ((former, _FORMER), (owner, _OWNER)):
        check_present(party_id=party_id, who=who, user_id=by.user_id, at=at, scope=by.scope)
    refusal = refusal_of(read_standing(line, scope=by.scope), at=at)
    if refusal is not None:
        raise refusal
    for party_id, wanted in ((former, customers.Mandate.END), (owner, customers.Mandate.ORDER)):
        customers.require_mandate(party_id=party_id, wanted=wanted, by=by, at=at)
    return former, owner


def check_still_theirs(order: orders.Order, *, scope: Scope) -> None:
    """A sale is not taken back once the line has passed to somebody else. LaterSaleDepends."""
    if order.subscription_id is None:
        return
    line = subscriptions.subscription(subscription_id=order.subscription_id, scope=scope)
    if customers.root(line.party_id, scope=scope) != customers.root(order.party_id, scope=scope):
        raise subscriptions.LaterSaleDepends(account=line.account_name)
