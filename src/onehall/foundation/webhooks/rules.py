"""Pure decisions: which addresses are sent to, what an answer means, how long to wait."""

import ipaddress
import secrets
from base64 import b64encode
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from urllib.parse import urlsplit

from onehall.foundation.values.text import Text
from onehall.foundation.webhooks.contracts import Answer

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
LONGEST_URL = 500
_LARGEST_PORT = 65535
_SECRET_BYTES = 32
_GONE = 410
_DOUBLINGS = 32
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class Verdict(Enum):
    """What becomes of a delivery after an attempt; `GONE` pauses the whole endpoint."""

    DELIVERED = "delivered"
    AGAIN = "again"
    GIVEN_UP = "given_up"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Patience:
    """Policy values that decide about trying again."""

    attempts: int
    first_pause: timedelta
    longest_pause: timedelta
    give_up: timedelta


def judge(answer: Answer, *, attempts: int, age: timedelta, patience: Patience) -> Verdict:
    """2xx is delivered, 410 gone; anything else, a redirect too, is tried again until attempts or age are used up."""
    if answer.status is not None and 200 <= answer.status < 300:
        return Verdict.DELIVERED
    if answer.status == _GONE:
        return Verdict.GONE
    if attempts >= patience.attempts or age >= patience.give_up:
        return Verdict.GIVEN_UP
    return Verdict.AGAIN


def pause(*, attempts: int, patience: Patience, chance: float, asked: int | None = None) -> timedelta:
    """Doubles with each attempt up to the longest pause, half of it by `chance` (0 to 1), so that endpoints which failed
    together do not return together; never shorter than the receiver `asked` (seconds), within the longest."""
    doubled = patience.first_pause * (1 << min(attempts - 1, _DOUBLINGS))
    whole = min(doubled, patience.longest_pause)
    wanted = whole * (0.5 + chance / 2)
    if asked is not None:
        wanted = max(wanted, min(timedelta(seconds=asked), patience.longest_pause))
    return wanted


def url_fault(url: str, networks: Collection[str]) -> Text | None:
    """Why this address is not sent to. A name is looked up when it is connected to, not here."""
    if len(url) > LONGEST_URL or any(sign.isspace() or not sign.isprintable() for sign in url):
        return Text("太长或含空白", "too long, or it holds blanks")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return Text("写法不对", "it is not well formed")
    if parts.scheme not in ("http", "https"):
        return Text("只能是 http 或 https", "only http and https")
    if not host or port == 0:
        return Text("没有主机", "it names no host")
    if "@" in parts.netloc or parts.fragment:
        return Text("不能带用户名或 #", "no user name and no #")
    try:
        literal = ipaddress.ip_address(host)
    except ValueError:
        return None
    return (
        None
        if may_reach(literal, networks)
        else Text("内网地址没有放行", "this private network is not allowed")
    )


def may_reach(address: Address, networks: Collection[str]) -> bool:
    """Public addresses, and those of the allowed networks. An address wrapped in another is judged by what is inside."""
    inner = _inner(address)
    if any(inner in network for network in _networks(networks) if network.version == inner.version):
        return True
    return inner.is_global and not inner.is_multicast and not inner.is_reserved


def _inner(address: Address) -> Address:
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo
    return address.ipv4_mapped or address.sixtofour or (teredo[1] if teredo else address)


def _networks(written: Collection[str]) -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    """What cannot be read allows nothing."""
    read = []
    for text in written:
        try:
            read.append(ipaddress.ip_network(text.strip(), strict=False))
        except ValueError:
            continue
    return read


def new_secret() -> str:
    """A secret as Standard Webhooks writes it: whsec_ and 32 random bytes in base64."""
    return "whsec_" + b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()


def is_dead(failing_since: datetime | None, *, at: datetime, after: timedelta) -> bool:
    """Whether an endpoint has failed without a break for so long that it is paused."""
    return failing_since is not None and at - failing_since >= after
