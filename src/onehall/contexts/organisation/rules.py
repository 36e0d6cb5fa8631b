"""Pure decisions of organisation."""

from collections.abc import Iterable, Sequence

from onehall.contexts.organisation.contracts import Counter


def missing_capabilities(counter: Counter, business: Iterable[str]) -> tuple[str, ...]:
    """The kinds of business this counter cannot finish, in the order asked (ORD-01)."""
    if counter.is_general:
        return ()
    return tuple(kind for kind in dict.fromkeys(business) if kind not in counter.capabilities)


def counters_for(counters: Sequence[Counter], business: Iterable[str]) -> tuple[Counter, ...]:
    """The counters that finish all of it: those made for it before the general ones, so that those stay free."""
    wanted = tuple(business)
    able = [counter for counter in counters if not missing_capabilities(counter, wanted)]
    return tuple(sorted(able, key=lambda counter: counter.is_general))
