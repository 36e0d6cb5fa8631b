"""登记新员工 A new colleague gets a login that opens nothing until the confidentiality lesson is recorded as passed (SEC-06)."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from onehall.contexts.organisation import api as organisation
from onehall.contexts.workforce import api as workforce
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.idempotency import once
from onehall.foundation.identity.grants import give_role
from onehall.foundation.identity.services import establish_user, user_exists
from onehall.foundation.outbox import publish
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import PersonId
from onehall.foundation.values.text import Text
from onehall.steps.colleague import require_bringing

_BYTES = 9  # structural: twelve signs, for a password of one day


@dataclass(frozen=True, slots=True)
class PersonAdded:
    """`password` is for the person, shown this once; "" when the same intent comes again."""

    id: PersonId
    password: str


def add_person(
    *, staff_no: str, name: str, role: str, reason: str, intent: UUID, by: Actor, at: datetime
) -> PersonAdded:
    """In the hall where `by` works. Raises Unsaid, GrantRefused, NotFound for an unknown role."""
    with transaction():
        require_bringing(by)
        number, called = staff_no.strip(), " ".join(name.split())
        body = {"staff_no": number, "name": called, "role": role}
        attempt = once(key=intent, journey="add_person", by=by, body=body, at=at)
        if attempt.result is not None:
            return PersonAdded(PersonId(attempt.result["id"]), "")
        _check(number, called)
        password = secrets.token_urlsafe(_BYTES)
        made = _made(number, called, password, role, reason, by, at)
        attempt.finish({"id": made})
        record(
            action="staff.added", subject="person", subject_id=made, hall_id=by.hall_id, by=by, at=at, rule="SEC-06",
            details={"staff_no": number, "role": role, "reason": reason.strip()},
        )  # fmt: skip
        publish(topic="staff.changed", hall_id=by.hall_id, at=at)
    return PersonAdded(made, password)


def _made(
    number: str, called: str, password: str, role: str, reason: str, by: Actor, at: datetime
) -> PersonId:
    user = establish_user(staff_no=number, name=called, password=password, must_change=True, lesson_owed=True)
    give_role(user_id=user, role_code=role, hall_id=by.hall_id, reason=reason, by=by, at=at)
    posts = [organisation.Post(role, by.hall_id)]
    return organisation.establish_person(
        staff_no=number, name=called, user_id=user, posts=posts, by=by, at=at
    )


def _check(number: str, called: str) -> None:
    taken = bool(number) and user_exists(number)
    if not number.isalnum() or taken:
        why = (
            Text("已经有人用", "is taken")
            if taken
            else Text("应为数字或字母", "should be figures or letters")
        )
        raise workforce.Unsaid(
            field="staff_no", field_name="工号", field_name_en="Staff number", why=why.zh, why_en=why.en
        )
    if not called:
        raise workforce.Unsaid(
            field="name", field_name="姓名", field_name_en="Name", why="没有填", why_en="is empty"
        )
