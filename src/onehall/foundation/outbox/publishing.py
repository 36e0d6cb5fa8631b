"""The one verb that journeys use."""

import json
from datetime import datetime
from typing import Any

from onehall.foundation.database import at_the_end, in_transaction


@in_transaction
def publish(*, topic: str, hall_id: int, at: datetime, payload: dict[str, Any] | None = None) -> None:
    """Announces a change; every open screen that shows it refreshes within a second of the commit."""
    at_the_end(
        "insert into outbox_outboxevent (topic, hall_id, payload, created_at)"
        " values (%(topic)s, %(hall_id)s, %(payload)s, %(at)s)",
        {"topic": topic, "hall_id": hall_id, "payload": json.dumps(payload or {}), "at": at},
    )
