"""Who may hold a book: a clerk with a post in the hall (RCP-02)."""

from onehall.contexts.numbers import api as numbers
from onehall.contexts.organisation import api as organisation
from onehall.foundation.scopes import Scope
from onehall.foundation.values.ids import HallId, UserId


def holders(hall: HallId, *, scope: Scope) -> list[organisation.Person]:
    """People of the hall itself who sign in, by staff number; headquarters' people hold no book."""
    found = organisation.people(scope=scope, hall_id=hall)
    return [one for one in found if one.user_id and any(post.hall_id == hall for post in one.posts)]


def require_holder(person: UserId, *, hall: HallId, scope: Scope) -> None:
    """Raises StockRefused for somebody without a post here."""
    if person not in {one.user_id for one in holders(hall, scope=scope)}:
        raise numbers.received("person", "这个人不在本厅任职", "that person has no post in this hall")
