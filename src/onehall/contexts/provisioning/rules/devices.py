"""Access devices: what is said of them, and whether it can be so."""

import ipaddress
import re
from dataclasses import dataclass, field, replace
from datetime import datetime

from onehall.contexts.provisioning.contracts import BadDevice

_KIND = re.compile(r"[a-z0-9_]{1,32}")
# structural: RFC 2865 section 3 wants 16 octets; visible ASCII can be typed in, and no ' and no \ ends a quoted text
_SECRET = re.compile(r"[!-&(-\[\]-~]{16,128}")
_NAME_LONGEST, _PORT_HIGHEST = 64, 65_535  # structural: as the table has it; a UDP port


@dataclass(frozen=True, slots=True)
class DeviceDraft:
    """What is said of an access device. An empty `secret` means: make one, or keep the one it has."""

    name: str
    kind: str
    address: str
    coa_port: int
    place: str = ""
    secret: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class DeviceAdmitted:
    """A new access device with the secret to type in there, handed out this once."""

    device_id: int
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class DeviceState:
    """An access device as it stands, without its secret."""

    id: int
    name: str
    kind: str
    address: str
    coa_port: int
    place: str
    active: bool
    heard_at: datetime | None
    failures: int
    resting_until: datetime | None
    last_error: str


def check_device(draft: DeviceDraft) -> DeviceDraft:
    """The draft with its edges trimmed and its address in one form. Raises BadDevice that names what is wrong."""
    name, place = draft.name.strip(), draft.place.strip()
    if not 0 < len(name) <= _NAME_LONGEST or not name.isprintable():
        raise BadDevice(field="name", what_zh="名称", what_en="name")
    if not _KIND.fullmatch(draft.kind):
        raise BadDevice(field="kind", what_zh="类型", what_en="kind")
    if not 0 < draft.coa_port <= _PORT_HIGHEST:
        raise BadDevice(field="coa_port", what_zh="命令端口", what_en="port for commands")
    if draft.secret and not _SECRET.fullmatch(draft.secret):
        raise BadDevice(field="secret", what_zh="共享密钥", what_en="shared secret")
    try:
        address = ipaddress.ip_address(draft.address.strip())
    except ValueError:
        raise BadDevice(field="address", what_zh="地址", what_en="address") from None
    if address.is_unspecified or address.is_multicast:
        raise BadDevice(field="address", what_zh="地址", what_en="address")
    return replace(draft, name=name, place=place, address=str(address))
