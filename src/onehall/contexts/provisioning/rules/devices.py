"""Pure decisions about access devices."""

import ipaddress
import re
from dataclasses import replace

from onehall.contexts.provisioning.contracts import BadDevice, DeviceDraft

_KIND = re.compile(r"[a-z0-9_]{1,32}")
_SECRET = re.compile(
    r"[!-~]{16,128}"
)  # structural: RFC 2865 section 3 wants 16 octets; visible ASCII can be typed in
_NAME_LONGEST, _PORT_HIGHEST = 64, 65_535  # structural: as the table has it; a UDP port


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
