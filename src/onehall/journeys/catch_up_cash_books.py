"""补记现金分录 A newer program books cash on its way: what drawers, bags and the bank knew before it gets its postings once (LED-02)."""

from datetime import datetime

from onehall.contexts.ledger import api as ledger
from onehall.contexts.organisation import api as organisation
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.outbox import publish
from onehall.foundation.profiles import Profile
from onehall.foundation.scopes import Scope
from onehall.steps.cash_books import book_hall


def catch_up_cash_books(*, profile: Profile, at: datetime) -> int:
    """How many halls were caught up; none where cash was ever booked. What belongs into a closed month is dated now."""
    with transaction():
        if ledger.cash_is_booked(scope=Scope.operator()):
            return 0
        for one in profile.accounts:
            if one.role:
                ledger.establish_account(
                    code=one.code,
                    name=one.name,
                    kind=ledger.AccountKind(one.kind),
                    means=one.means,
                    role=one.role,
                )
        halls = [hall.id for hall in organisation.halls(scope=Scope.operator()) if book_hall(hall.id, at=at)]
        for hall_id in halls:
            record(
                action="cash.caught_up", subject="profile", subject_id=profile.code, hall_id=hall_id, by=None, at=at,
                rule="LED-02", details={},
            )  # fmt: skip
            publish(topic="drawer.changed", hall_id=hall_id, at=at, payload={})
    return len(halls)
