"""Writes of access devices: which are spoken to, and the secrets shared with them."""

import secrets
from datetime import datetime

from django.db import IntegrityError

from onehall.contexts.provisioning import rules
from onehall.contexts.provisioning.contracts import DeviceTaken, DeviceUnknown
from onehall.contexts.provisioning.models import DEVICE_SECRET, AccessDevice
from onehall.foundation.database import in_transaction
from onehall.foundation.vault import encrypt

_SECRET_BYTES = 24  # structural: 32 characters; RFC 2865 section 3 asks for 16 octets at least


@in_transaction
def admit_device(*, draft: rules.DeviceDraft, at: datetime) -> rules.DeviceAdmitted:
    """A new access device; a secret is made where none is brought. Returned once, to be typed in at the device.

    Raises BadDevice, DeviceTaken.
    """
    checked = rules.check_device(draft)
    secret = checked.secret or secrets.token_urlsafe(_SECRET_BYTES)
    try:
        row = AccessDevice.objects.create(
            name=checked.name, kind=checked.kind, address=checked.address, coa_port=checked.coa_port,
            place=checked.place, secret=encrypt(secret, context=DEVICE_SECRET), changed_at=at,
        )  # fmt: skip
    except IntegrityError as error:
        raise DeviceTaken(name=checked.name, address=checked.address) from error
    return rules.DeviceAdmitted(row.pk, secret)


@in_transaction
def change_device(*, device_id: int, draft: rules.DeviceDraft, at: datetime) -> None:
    """Other facts of a device; an empty secret leaves the one it has, and a retired one is spoken to again.

    Raises BadDevice, DeviceTaken, DeviceUnknown.
    """
    checked = rules.check_device(draft)
    sealed = {"secret": encrypt(checked.secret, context=DEVICE_SECRET)} if checked.secret else {}
    try:
        changed = AccessDevice.objects.filter(pk=device_id).update(
            name=checked.name, kind=checked.kind, address=checked.address, coa_port=checked.coa_port,
            place=checked.place, state="active", changed_at=at, failures=0, resting_until=None, last_error="", **sealed,
        )  # fmt: skip
    except IntegrityError as error:
        raise DeviceTaken(name=checked.name, address=checked.address) from error
    if not changed:
        raise DeviceUnknown(device=device_id)


@in_transaction
def retire_device(*, device_id: int, at: datetime) -> None:
    """The device is answered no more; what was seen through it stays. Raises DeviceUnknown."""
    if not AccessDevice.objects.filter(pk=device_id).update(state="retired", changed_at=at):
        raise DeviceUnknown(device=device_id)
