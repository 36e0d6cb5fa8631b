"""收回岗位 A person holds a role in this hall no more, from the next request on (ORG-06)."""

from datetime import datetime

from onehall.contexts.organisation import api as organisation
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.identity import grants
from onehall.foundation.outbox import publish
from onehall.foundation.scopes import Actor, NotFound


def take_role(*, person_id: int, role: str, reason: str, by: Actor, at: datetime) -> None:
    """Raises NotFound, GrantRefused: nobody takes their own last managing role."""
    with transaction():
        by.require("staff.manage")
        person = organisation.person(person_id, scope=by.scope)
        if person.user_id is None:
            raise NotFound(what="这位员工的登录账号", what_en="This person's login")
        grants.take_role(
            user_id=person.user_id, role_code=role, hall_id=by.hall_id, reason=reason, by=by, at=at
        )
        held = [organisation.Post(one.role, one.hall_id) for one in grants.grants_of(person.user_id)]
        organisation.establish_person(
            staff_no=person.staff_no, name=person.name, user_id=person.user_id, posts=held, by=by, at=at
        )
        record(
            action="staff.role_taken", subject="person", subject_id=person_id, hall_id=by.hall_id, by=by, at=at,
            rule="ORG-06", details={"role": role, "reason": reason.strip()},
        )  # fmt: skip
        publish(topic="staff.changed", hall_id=by.hall_id, at=at)
