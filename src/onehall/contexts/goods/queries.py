"""Reading goods. Principals belong to the operator; what a hall collected and paid over is that hall's."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from onehall.contexts.goods.contracts import AddOn, Collected, Handset, Principal, Settlement, Statement
from onehall.contexts.goods.models import AddOn as AddOnRow
from onehall.contexts.goods.models import Collected as CollectedRow
from onehall.contexts.goods.models import Handset as HandsetRow
from onehall.contexts.goods.models import Principal as PrincipalRow
from onehall.contexts.goods.models import Settlement as SettlementRow
from onehall.foundation.database import fetch_all, fetch_one
from onehall.foundation.scopes import NotFound, Scope
from onehall.foundation.values.ids import HallId, OrderId, SubscriptionId, UserId
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import Period, month_of
from onehall.foundation.values.text import Text

_STATEMENT = """
    with mine as (
        select c.amount, c.at, c.given_back_at, c.settlement_id, s.at as settled_at
        from goods_collected c left join goods_settlement s on s.id = c.settlement_id
        where c.principal_id = %(principal)s and c.hall_id = %(hall)s and c.at < %(end)s)
    select coalesce(sum(amount) filter (where at < %(start)s), 0)::bigint
             - coalesce(sum(amount) filter (where given_back_at < %(start)s or settled_at < %(start)s), 0)::bigint as opening,
           coalesce(sum(amount) filter (where at >= %(start)s), 0)::bigint as collected,
           coalesce(sum(amount) filter (where given_back_at >= %(start)s and given_back_at < %(end)s), 0)::bigint as given_back,
           coalesce(sum(amount) filter (where settled_at >= %(start)s and settled_at < %(end)s), 0)::bigint as settled,
           coalesce(sum(amount) filter (where given_back_at is null and settlement_id is null), 0)::bigint as due
    from mine
"""
_HALLS = """
    select distinct hall_id from goods_collected
    where principal_id = %(principal)s and (%(halls)s::bigint[] is null or hall_id = any(%(halls)s)) order by hall_id
"""
_OWED = """
    select principal_id, coalesce(sum(amount), 0)::bigint as fen from goods_collected
    where given_back_at is null and settlement_id is null and (%(halls)s::bigint[] is null or hall_id = any(%(halls)s))
    group by principal_id
"""


def principals(*, scope: Scope) -> tuple[Principal, ...]:  # unscoped: the operator's
    """Everybody for whom money is collected."""
    return tuple(_principal(row) for row in PrincipalRow.objects.order_by("code"))


def principal(code: str, *, scope: Scope) -> Principal:  # unscoped: the operator's
    """One of them. Raises NotFound."""
    row = PrincipalRow.objects.filter(code=code).first()
    if row is None:
        raise NotFound(what="这个委托单位", what_en="This principal")
    return _principal(row)


def principal_of(account: str, *, scope: Scope) -> Principal | None:  # unscoped: the operator's
    """Whose money stands on this account; None where it is ours."""
    row = PrincipalRow.objects.filter(account=account).first()
    return _principal(row) if row else None


def add_on(add_on_id: int, *, scope: Scope) -> AddOn:  # unscoped: as the line it is on
    """One third-party service; seen by any hall, as its line is. Raises NotFound."""
    row = AddOnRow.objects.filter(pk=add_on_id).first()
    if row is None:
        raise NotFound(what="这项增值业务", what_en="This value-added service")
    return _add_on(row)


def add_ons(
    subscriptions: Sequence[SubscriptionId], *, scope: Scope
) -> tuple[AddOn, ...]:  # unscoped: as the lines they are on
    """Third-party services ever ordered on these lines, newest first."""
    found = AddOnRow.objects.filter(subscription_id__in=subscriptions).order_by("-starts_at", "-id")
    return tuple(_add_on(row) for row in found)


def handsets(orders: Sequence[OrderId], *, scope: Scope) -> dict[OrderId, Handset]:
    """The handsets of these orders, in the halls of the scope."""
    found = HandsetRow.objects.filter(order_id__in=orders)
    return {OrderId(row.order_id): row.as_contract() for row in found if scope.allows(row.hall_id)}


def handset_standing(serial: str, *, scope: Scope) -> bool:  # unscoped: a serial is one
    """Whether a handset with this serial is in somebody's hands, whichever hall sold it."""
    return HandsetRow.objects.filter(serial=serial, returned_at=None).exists()


def collected(orders: Sequence[OrderId], *, scope: Scope) -> dict[OrderId, Collected]:
    """What these orders collected for somebody else, in the halls of the scope."""
    found = CollectedRow.objects.filter(order_id__in=orders)
    return {OrderId(row.order_id): row.as_contract() for row in found if scope.allows(row.hall_id)}


def collected_in(*, statement: Statement, scope: Scope) -> tuple[Collected, ...]:
    """The items of a statement's month, oldest first."""
    scope.require(statement.hall)
    span = month_of(statement.month)
    found = CollectedRow.objects.filter(
        principal_id=statement.principal.id, hall_id=statement.hall, at__gte=span.start, at__lt=span.end
    ).order_by("at", "id")
    return tuple(row.as_contract() for row in found)


def settlements(*, principal: Principal, scope: Scope) -> tuple[Settlement, ...]:
    """What was paid over to a principal by the halls of the scope, newest first."""
    found = SettlementRow.objects.filter(principal_id=principal.id).order_by("-id")
    return tuple(_settlement(row) for row in found if scope.allows(row.hall_id))


def statement(*, principal: Principal, hall: HallId, month: date, scope: Scope) -> Statement:
    """A principal's month in one hall. Raises NotFound outside the scope."""
    scope.require(hall)
    span = month_of(month)
    given = {"principal": principal.id, "hall": hall, "start": span.start, "end": span.end}
    row: dict[str, Any] = fetch_one(_STATEMENT, given) or {}
    sums = {name: Money(fen) for name, fen in row.items()}
    return Statement(principal, hall, month.replace(day=1), **sums)


def halls_of(*, principal: Principal, scope: Scope) -> tuple[HallId, ...]:
    """The halls of the scope that ever collected for it."""
    rows = fetch_all(_HALLS, {"principal": principal.id, "halls": scope.hall_list})
    return tuple(HallId(row["hall_id"]) for row in rows)


def owed(*, scope: Scope) -> dict[int, Money]:
    """What the halls of the scope owe to each principal now."""
    return {row["principal_id"]: Money(row["fen"]) for row in fetch_all(_OWED, {"halls": scope.hall_list})}


def _principal(row: PrincipalRow) -> Principal:
    return Principal(row.pk, row.code, Text(row.name_zh, row.name_en), row.account)


def _add_on(row: AddOnRow) -> AddOn:
    return AddOn(
        id=row.pk, hall=HallId(row.hall_id), order=OrderId(row.order_id), subscription=SubscriptionId(row.subscription_id),
        offering=row.offering, period=Period(row.starts_at, row.ends_at), ended_at=row.ended_at,
    )  # fmt: skip


def _settlement(row: SettlementRow) -> Settlement:
    return Settlement(
        id=row.pk, principal=row.principal_id, hall=HallId(row.hall_id), month=row.month, amount=Money(row.amount),
        transfer=row.transfer, by=UserId(row.by_id), at=row.at,
    )  # fmt: skip
