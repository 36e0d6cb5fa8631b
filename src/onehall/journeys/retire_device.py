"""停用接入设备 An access device is answered no more; what was seen through it stays (NET-01)."""

from datetime import datetime

from onehall.contexts.provisioning import api as provisioning
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.outbox import publish
from onehall.foundation.scopes import Actor


def retire_device(*, device_id: int, by: Actor, at: datetime) -> None:
    """Raises DeviceUnknown."""
    with transaction():
        by.require("network.manage")
        provisioning.retire_device(device_id=device_id, at=at)
        record(
            action="device.retired",
            subject="device",
            subject_id=device_id,
            hall_id=by.hall_id,
            by=by,
            at=at,
            rule="NET-01",
        )
        publish(topic="device.changed", hall_id=by.hall_id, at=at, payload={"device": device_id})
