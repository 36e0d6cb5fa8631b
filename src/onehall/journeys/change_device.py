"""改接入设备 Other facts of an access device, or another shared secret; a retired one is spoken to again (NET-01)."""

from datetime import datetime

from onehall.contexts.provisioning import api as provisioning
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.outbox import publish
from onehall.foundation.scopes import Actor


def change_device(*, device_id: int, draft: provisioning.DeviceDraft, by: Actor, at: datetime) -> None:
    """An empty secret leaves the one it has. Raises BadDevice, DeviceTaken, DeviceUnknown."""
    with transaction():
        by.require("network.manage")
        provisioning.change_device(device_id=device_id, draft=draft, at=at)
        record(
            action="device.changed", subject="device", subject_id=device_id, hall_id=by.hall_id, by=by, at=at, rule="NET-01",
            details={"secret_replaced": bool(draft.secret)},
        )  # fmt: skip
        publish(topic="device.changed", hall_id=by.hall_id, at=at, payload={"device": device_id})
