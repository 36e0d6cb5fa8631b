"""Who may decide, and how a request stands: values in, value out (SEC-04)."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from onehall.foundation.approvals.contracts import OwnRequest, State
from onehall.foundation.refusals import NotPermitted

Held = Collection[tuple[str, int | None]]
"""What a person may do: a permission and the hall it holds in, None for every hall."""


def covers(held: Held, permission: str, halls: Iterable[int]) -> bool:
    """Whether the permission is held in each of these halls."""
    return all((permission, None) in held or (permission, hall) in held for hall in halls)


def power(
    *,
    permission: str,
    halls: Collection[int],
    asked_by: str,
    decider: str,
    held: Mapping[str, Held],
    lent_by: Collection[str],
    concerns: str = "",
) -> str:
    """The person by whose right `decider` decides: their own, else one that was lent to them.

    People, not logins: `asked_by`, `decider` and whom it `concerns` are staff numbers of people. Neither who asked nor whom
    it concerns decides. Raises OwnRequest, NotPermitted.
    """
    parties = {asked_by, concerns}
    if decider in parties:
        raise OwnRequest()
    if covers(held.get(decider, ()), permission, halls):
        return decider
    lenders = sorted(one for one in lent_by if covers(held.get(one, ()), permission, halls))
    strangers = [one for one in lenders if one not in parties]
    if strangers:
        return strangers[0]
    if lenders:
        raise OwnRequest()
    raise NotPermitted(permission=permission)


def state_of(
    *,
    approved: bool | None,
    expires_at: datetime,
    usable_until: datetime | None,
    closed_why: str,
    at: datetime,
) -> State:
    """How a request stands now: what was closed stays closed, what nobody did in time has lapsed."""
    if closed_why in (State.USED, State.WITHDRAWN, State.DECLINED, State.LAPSED):
        return State(closed_why)
    if approved is None:
        return State.WAITING if at < expires_at else State.LAPSED
    if not approved:
        return State.DECLINED
    return State.APPROVED if usable_until is not None and at < usable_until else State.LAPSED
