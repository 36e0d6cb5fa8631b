"""What crosses the door of the provisioning room. No contract holds a stored secret (LAW-03)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from onehall.foundation.refusals import Refusal
from onehall.foundation.values.ids import SubscriptionId
from onehall.foundation.values.period import Period
from onehall.foundation.values.text import Text


class Standing(StrEnum):
    """What the network does with an account at a moment."""

    WAITING = "waiting"
    ACTIVE = "active"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class SecretPolicy:
    """How a new password is made and kept; `initial` empty means random (ADR-04, LAW-03)."""

    initial: str
    length: int
    rounds: int
    keep_clear: bool


@dataclass(frozen=True, slots=True)
class Grant:
    """What an account may do, and when. `is_new` gives it a secret; a renewal keeps the one it has."""

    account: str
    subscription_id: SubscriptionId
    period: Period
    down_kbps: int
    up_kbps: int
    network_profile: str
    is_new: bool


@dataclass(frozen=True, slots=True)
class Granted:
    """What was granted. `secret` is the initial password for the customer's slip, handed out this once, else ""."""

    account: str
    secret: str
    pending: bool


@dataclass(frozen=True, slots=True)
class AccessState:
    """What the network sees of an account, without its secret. `pending` is shown as “待生效” (NET-03)."""

    account: str
    subscription_id: SubscriptionId
    period: Period
    down_kbps: int
    up_kbps: int
    network_profile: str
    must_change: bool
    standing: Standing
    pending: bool
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class CommandDue:
    """A command to deliver to a network element now."""

    id: int
    kind: str
    account: str
    attempts: int
    created_at: datetime


Act = StrEnum("Act", "NOTHING CUT CHANGE WAIT")
"""What to do about a session: nothing, end it, change it while it lasts, or let it be until it ends by itself."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What an account may do now: until when it may be on line (None: not at all), how fast, and what began by then must end."""

    until: datetime | None
    down_kbps: int
    up_kbps: int
    cut_before: datetime | None


@dataclass(frozen=True, slots=True)
class OnLine:
    """A session as the device reported it, and what it was granted (None: it did not say). `fixed`: it cannot be changed."""

    account: str
    unique_id: str
    session_id: str
    nas: str
    nas_port: str
    caller: str
    framed_ip: str
    started_at: datetime
    granted_until: datetime | None
    granted_down_kbps: int | None
    granted_up_kbps: int | None
    fixed: bool


@dataclass(frozen=True, slots=True)
class Order:
    """What a device is told about one session; None leaves that as it is."""

    act: Act
    until: datetime | None = None
    speed: tuple[int, int] | None = None


OBSTACLES = {
    "silent": Text("接入设备没有应答", "The access device does not answer"),
    "resting": Text(
        "接入设备多次没有应答，暂停联系",
        "The access device was silent too often and is left alone for a while",
    ),
    "unknown_device": Text(
        "会话来自未登记的接入设备", "The session is on an access device that is not registered"
    ),
    "unreachable": Text("网络不通，命令没有发出", "No way to the access device: nothing was sent"),
    "bad_answer": Text(
        "接入设备的应答不能核实，请核对密钥", "The answer cannot be verified: check the shared secret"
    ),
    "nak": Text("接入设备拒绝，没有说明原因", "The access device refused without saying why"),
    "nak_401": Text("接入设备不支持这项属性", "The access device does not know an attribute"),
    "nak_402": Text("接入设备说缺少属性", "The access device misses an attribute"),
    "nak_403": Text("接入设备的标识不符", "The device is not the one that was meant"),
    "nak_404": Text("接入设备说请求无效", "The access device calls the request invalid"),
    "nak_405": Text("接入设备不支持这种操作", "The access device does not support this service"),
    "nak_406": Text("接入设备不支持这项扩展", "The access device does not support this extension"),
    "nak_407": Text("接入设备不接受属性的值", "The access device does not accept a value"),
    "nak_501": Text("接入设备按管理规定拒绝", "The access device refuses by its administration"),
    "nak_502": Text("请求无法转到接入设备", "The request cannot be routed to the device"),
    "nak_503": Text("接入设备上没有这个会话", "The access device knows no such session"),
    "nak_504": Text("接入设备不能断开这个会话", "The access device cannot remove this session"),
    "nak_505": Text("代理处理出错", "A proxy failed"),
    "nak_506": Text("接入设备资源不足", "The access device lacks resources"),
    "nak_507": Text("接入设备已开始处理", "The access device has begun and is not done"),
    "nak_508": Text("接入设备不能一次处理多个会话", "The access device cannot select several sessions"),
}
"""What stands in `last_error` of commands and devices. 401 to 508 are the error causes of RFC 5176 section 3.5."""


class AccountUnknown(Refusal):
    """The network has no such account to renew."""

    code = "provisioning.account_unknown"
    rule = "NET-01"
    zh = "网络侧没有账号 {account}。"
    en = "The network has no account {account}."
    alternative_zh = "请报网络维护处理后再续费。"
    alternative_en = "Ask the network staff to restore it, then renew."


class AccountOfAnother(Refusal):
    """The account is still valid for another subscription."""

    code = "provisioning.account_of_another"
    rule = "ADR-07"
    zh = "账号 {account} 仍属于另一项在用业务。"
    en = "Account {account} still belongs to another subscription."
    alternative_zh = "请先终止原业务。"
    alternative_en = "End the former subscription first."


class BadSecret(Refusal):
    """A password outside the alphabet that all devices accept (ADR-02)."""

    code = "provisioning.bad_secret"
    rule = "ADR-02"
    status = 400
    zh = "密码只能用小写字母和数字。"
    en = "A password has lower-case letters and digits only."
