"""Whom a manager may let in again: somebody of their halls, never themselves, nobody who can more (SEC-08, ORG-06)."""

from onehall.contexts.organisation import api as organisation
from onehall.foundation.approvals.queries import person_of
from onehall.foundation.identity import regain
from onehall.foundation.identity.contracts import ResetRefused
from onehall.foundation.scopes import Actor, NotFound


def require_bringing(by: Actor) -> None:
    """People manage staff; a programme may bring colleagues, lessons and keepers, and lets nobody in (decision 0048). NotPermitted."""
    by.require("staff.bring" if by.token_id is not None else "staff.manage")


def someone_else(person_id: int, *, by: Actor) -> tuple[organisation.Person, int]:
    """The person and their login. Raises NotPermitted, NotFound, ResetRefused."""
    by.require("staff.manage")
    person = organisation.person(person_id, scope=by.scope)
    if person.user_id is None:
        raise NotFound(what="这位员工的登录账号", what_en="This person's login")
    if person_of(person.user_id) == person_of(by.user_id):
        raise ResetRefused(why="自己的登录要由别人重置", why_en="somebody else resets your own login")
    regain.require_power_over(user_id=person.user_id, by=by.user_id)
    return person, person.user_id
