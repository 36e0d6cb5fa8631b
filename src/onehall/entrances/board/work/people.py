"""Who takes work in a hall, as choices of a form."""

from onehall.contexts.organisation import api as organisation
from onehall.foundation.scopes import Actor

Choices = list[tuple[int, str]]


def project_managers(by: Actor) -> Choices:
    """Logins of the hall's project managers."""
    return _choices(by, "project_manager")


def installers(by: Actor) -> Choices:
    """Logins of the hall's installers."""
    return _choices(by, "installer")


def _choices(by: Actor, role: str) -> Choices:
    people = organisation.people(scope=by.scope, hall_id=by.hall_id, role=role)
    return [(one.user_id, f"{one.name} {one.staff_no}") for one in people if one.user_id is not None]
