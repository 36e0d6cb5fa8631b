"""How complete and how right each clerk's entries of customers are, measured by the corrections made afterwards (CUS-03).

An entry is a registration with its papers, or a correction. It is wrong when a later correction says that it was
entered wrongly, whoever found it; what changed in the customer's life counts against nobody. Registers that were
imported are no clerk's entry.
"""

from dataclasses import dataclass
from datetime import datetime

from onehall.contexts.customers.api import Entries
from onehall.foundation.database import fetch_all
from onehall.foundation.scopes import Scope
from onehall.foundation.values.ids import PartyId, UserId

_CLERKS = """
    select e.by_id, u.name, u.staff_no, count(*) as made, count(*) filter (where not e.complete) as incomplete,
           count(*) filter (where e.wrong) as wrong
    from pub_customers_entry e join identity_user u on u.id = e.by_id
    where e.at >= %(start)s and e.at < %(end)s and (%(halls)s::bigint[] is null or e.hall_id = any(%(halls)s))
    group by e.by_id, u.name, u.staff_no order by wrong desc, u.staff_no
"""
_MISTAKES = """
    select c.id, c.party_id, c.kind, c.entered_at, c.at, u.name as corrected_by, c.order_id, c.added
    from pub_customers_correction c
    join identity_user u on u.id = c.by_id
    where c.cause = 'entry' and c.entered_by_id = %(user)s and c.entered_at >= %(start)s and c.entered_at < %(end)s
      and (%(halls)s::bigint[] is null or c.entered_hall_id = any(%(halls)s))
    order by c.id desc limit %(limit)s
"""


@dataclass(frozen=True, slots=True)
class ClerkEntries:
    """A clerk's entries of a period."""

    user_id: UserId
    name: str
    staff_no: str
    entries: Entries


@dataclass(frozen=True, slots=True)
class Mistake:
    """Something of a clerk's that had to be corrected; `missing`: it had not been entered at all."""

    id: int
    party_id: PartyId
    kind: str
    entered_at: datetime
    at: datetime
    corrected_by: str
    order_id: int
    missing: bool


def accuracy(*, start: datetime, end: datetime, scope: Scope) -> list[ClerkEntries]:
    """Of everybody who entered something in [start, end) in the scope's halls, those with most mistakes first."""
    facts = {"start": start, "end": end, "halls": scope.hall_list}
    return [
        ClerkEntries(
            UserId(row["by_id"]), row["name"], row["staff_no"],
            Entries(row["made"], row["incomplete"], row["wrong"]),
        )
        for row in fetch_all(_CLERKS, facts)
    ]  # fmt: skip


def mistakes(*, user_id: int, start: datetime, end: datetime, scope: Scope, limit: int) -> list[Mistake]:
    """What was corrected of this clerk's entries of the period, newest first: the list behind the figures."""
    facts = {"user": user_id, "start": start, "end": end, "halls": scope.hall_list, "limit": limit}
    return [Mistake(*row.values()) for row in fetch_all(_MISTAKES, facts)]
