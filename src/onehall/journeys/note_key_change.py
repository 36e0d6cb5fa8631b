"""密钥变动 A key was added or taken out: a line in every hall's trail (SEC-07, SEC-09)."""

from datetime import datetime

from onehall.contexts.organisation import api as organisation
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.scopes import Scope


def note_key_change(*, action: str, key_id: str, rows: int, at: datetime) -> None:
    """`action` is keys.rotated, keys.renewed or keys.retired; done at the console, so by nobody who signs in."""
    with transaction():
        for hall in organisation.halls(scope=Scope.operator()):
            record(
                action=action,
                subject="key",
                subject_id=key_id,
                hall_id=hall.id,
                by=None,
                at=at,
                rule="SEC-07",
                details={"rows": rows},
            )
