"""What stands at a profile's counters: receipt books, and where nobody sits the service account that serves customers (decision 0063)."""

from collections.abc import Mapping

from onehall.contexts.numbers import api as numbers
from onehall.contexts.organisation import api as organisation
from onehall.foundation.scopes import Scope
from onehall.foundation.values.ids import PersonId
from onehall.steps.profile import Places, Setting


def establish_online(*, setting: Setting, places: Places, people: Mapping[str, PersonId]) -> None:
    """The online counter of each hall that has one."""
    for counter in setting.profile.counters:
        if counter.online:
            clerk = organisation.person(people[counter.online], scope=Scope.operator()).user_id
            organisation.establish_online_counter(
                hall_id=places.halls[counter.hall], counter_id=places.counters[counter.hall, counter.no], clerk=clerk or 0
            )  # fmt: skip


def establish_books(*, setting: Setting, places: Places) -> None:
    """The counters' books of receipts and invoices (RCP-01); an online counter's is a series without paper."""
    online = {(counter.hall, counter.no) for counter in setting.profile.counters if counter.online}
    for book in setting.profile.books:
        numbers.establish_book(
            kind=book.kind, hall_id=places.halls[book.hall], counter_id=places.counters[book.hall, book.counter],
            prefix=book.prefix, first=int(book.first), last=int(book.last), width=len(book.first),
            paper=(book.hall, book.counter) not in online, **setting.stamp,
        )  # fmt: skip
