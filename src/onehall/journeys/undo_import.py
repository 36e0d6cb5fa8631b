"""撤销导入 Take an import back whole, as long as nothing refers to what it brought (API-03)."""

from datetime import datetime

from django.db import IntegrityError

from onehall.contexts.registers import api as registers
from onehall.foundation import audit
from onehall.foundation.database import transaction
from onehall.foundation.outbox import publish
from onehall.foundation.scopes import Actor
from onehall.foundation.values.period import local
from onehall.steps.take_back import take_back


def undo_import(*, import_id: int, by: Actor, at: datetime) -> int:
    """How many rows went. Raises ImportNotFound, AlreadyUndone, and StillReferred, which says what refers to them."""
    try:
        with transaction():
            by.require("import.run")
            registers.wait_for_turn(scope=by.scope)
            made = registers.import_made(import_id, scope=by.scope)
            if made.undone_at is not None:
                raise registers.AlreadyUndone(at=f"{local(made.undone_at):%Y-%m-%d %H:%M}")
            gone = take_back(made=made, by=by, at=at)
            audit.record(
                action="register.undone", subject="import", subject_id=import_id, hall_id=by.hall_id, by=by, at=at,
                rule="API-03", details={"format": made.format, "rows": gone},
            )  # fmt: skip
            publish(topic="registers.imported", hall_id=by.hall_id, at=at, payload={"import": import_id})
    except IntegrityError:
        raise registers.StillReferred(
            what="此刻正在办理的业务", what_en="business done this very moment"
        ) from None
    return gone
