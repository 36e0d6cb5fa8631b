"""加接入设备 An access device that the network speaks to; its shared secret is shown this once (NET-01, LAW-03)."""

from datetime import datetime
from uuid import UUID

from onehall.contexts.provisioning import api as provisioning
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.idempotency import once
from onehall.foundation.outbox import publish
from onehall.foundation.scopes import Actor


def admit_device(
    *, draft: provisioning.DeviceDraft, intent: UUID, by: Actor, at: datetime
) -> provisioning.DeviceAdmitted:
    """Raises BadDevice, DeviceTaken. The same intent again answers without the secret."""
    with transaction():
        by.require("network.manage")
        body = {"name": draft.name, "address": draft.address, "kind": draft.kind}
        attempt = once(key=intent, journey="admit_device", by=by, body=body, at=at)
        if attempt.result is not None:
            return provisioning.DeviceAdmitted(attempt.result["device"], "")
        made = provisioning.admit_device(draft=draft, at=at)
        record(
            action="device.admitted", subject="device", subject_id=made.device_id, hall_id=by.hall_id, by=by, at=at, rule="NET-01",
            details={"kind": draft.kind},
        )  # fmt: skip
        publish(topic="device.changed", hall_id=by.hall_id, at=at, payload={"device": made.device_id})
        attempt.finish({"device": made.device_id})
    return made
