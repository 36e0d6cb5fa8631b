"""Whom a notice is for: values in, value out (ORG-10)."""

from collections.abc import Collection


def is_for(
    *, halls: Collection[int], roles: Collection[str], counters: Collection[int], hall: int, held: Collection[str],
    counter: int | None,
) -> bool:  # fmt: skip
    """Whether it is for somebody in `hall` who holds these roles there and sits at `counter`, if at any.

    Each of the three narrows; an empty one narrows nothing.
    """
    return (
        (not halls or hall in halls)
        and (not roles or not set(roles).isdisjoint(held))
        and (not counters or counter in counters)
    )
