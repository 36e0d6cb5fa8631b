"""What the desk says of a form that was written on paper: both times and both people."""

from typing import Any

from onehall.contexts.orders import api as orders
from onehall.contexts.organisation import api as organisation
from onehall.foundation.scopes import Scope
from onehall.foundation.values.ids import UserId


def written_facts(form: orders.PaperForm | None, scope: Scope) -> dict[str, Any]:
    """`written` and the names of writer and typist; nothing for an ordinary basket."""
    if form is None:
        return {}
    names = {"written_by": _name(form.written_by, scope), "typed_by": _name(form.typed_by, scope)}
    return {"written": form, **names}


def _name(user_id: UserId, scope: Scope) -> str:
    person = organisation.person_of_user(user_id, scope=scope)
    return f"{person.name} {person.staff_no}" if person else "—"
