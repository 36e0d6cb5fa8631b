"""Reading balances. They belong to the operator's customers, as the customers do, whichever hall took the money."""

from collections.abc import Sequence

from onehall.contexts.balances.contracts import Kind, Movement
from onehall.foundation.database import fetch_all
from onehall.foundation.scopes import Scope
from onehall.foundation.values.ids import PartyId
from onehall.foundation.values.money import Money

_MOVEMENTS = """
    select m.id, b.party_id as party, m.kind, m.reference, m.amount, m.hall_id as hall, m.by_id as by, m.at
    from balances_movement m join balances_balance b on b.id = m.balance_id
    where b.party_id = any(%(parties)s) order by m.id desc limit %(limit)s
"""


def balance_of(
    parties: Sequence[PartyId], *, scope: Scope
) -> Money:  # unscoped: a customer pays in and uses it in any hall
    """What a customer has left, over all records merged into theirs."""
    sql = "select coalesce(sum(amount), 0)::bigint as fen from balances_balance where party_id = any(%(parties)s)"
    return Money(fetch_all(sql, {"parties": list(parties)})[0]["fen"])


def movements_of(
    parties: Sequence[PartyId], *, limit: int, scope: Scope
) -> tuple[Movement, ...]:  # unscoped: as `balance_of`
    """What moved it, the newest first."""
    rows = fetch_all(_MOVEMENTS, {"parties": list(parties), "limit": limit})
    return tuple(
        Movement(**{**row, "kind": Kind(row["kind"]), "amount": Money(row["amount"])}) for row in rows
    )
