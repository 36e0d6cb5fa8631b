"""What must go to the bank and has not: drawers whose takings lie in no bag, and drawers nobody closed (CSH-02, CSH-04)."""

from dataclasses import dataclass
from datetime import datetime

from onehall.contexts.banking import api as banking
from onehall.contexts.custody import api as custody
from onehall.foundation.database import fetch_all
from onehall.foundation.scopes import Scope
from onehall.foundation.values.ids import DrawerId, HallId
from onehall.foundation.values.money import Money

_WAITING = """
    select d.id, c.no as counter, u.name as clerk, d.opened_at, d.closed_at
    from pub_custody_drawer d
    join pub_organisation_counter c on c.id = d.counter_id
    join identity_user u on u.id = d.by_id
    left join pub_banking_bag_drawer b on b.drawer_id = d.id
    where d.hall_id = %(hall)s and b.bag_id is null and not d.cashless
    order by d.closed_at nulls last, d.id
"""


@dataclass(frozen=True, slots=True)
class ToDeposit:
    """A drawer whose takings lie in no bag; `due` is None while it is not closed, `by` is when they must be."""

    id: DrawerId
    counter: str
    clerk: str
    closed_at: datetime | None
    due: Money | None
    by: datetime
    late: bool


def to_deposit(*, hall: HallId, hour: int, at: datetime, scope: Scope) -> tuple[ToDeposit, ...]:
    """What is to be counted and bagged, closed drawers first; `hour` is the policy's. A closed drawer that leaves nothing is left out."""
    scope.require(hall)
    rows = fetch_all(_WAITING, {"hall": hall})
    dues = custody.takings_due([row["id"] for row in rows if row["closed_at"]], scope=scope)
    found = []
    for row in rows:
        due = dues.get(row["id"])
        if due is not None and due == Money.zero():
            continue
        by = banking.deadline(row["closed_at"] or row["opened_at"], hour=hour)
        found.append(
            ToDeposit(row["id"], row["counter"], row["clerk"], row["closed_at"], due, by, late=by <= at)
        )
    return tuple(found)
