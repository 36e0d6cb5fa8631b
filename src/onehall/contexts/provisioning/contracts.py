"""What crosses the door of the provisioning room. No contract holds a stored secret (LAW-03)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from onehall.foundation.refusals import Refusal
from onehall.foundation.values.ids import SubscriptionId
from onehall.foundation.values.period import Period


class Standing(StrEnum):
    """What the network does with an account at a moment."""

    WAITING = "waiting"
    ACTIVE = "active"
    PAUSED = "paused"
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
    """What the network sees of an account, without its secret. `pending` is shown as “待生效” (NET-03); `pause` is CHG-03's."""

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
    pause: Period | None = None


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
class LiveLine:
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


class BadDevice(Refusal):
    """Something about the access device cannot be so."""

    code = "provisioning.bad_device"
    rule = "NET-01"
    status = 400
    zh = "接入设备的{what_zh}不对。"
    en = "The access device's {what_en} cannot be so."
    alternative_zh = (
        "名称 1 至 64 字，地址是 IP，端口 1 至 65535，共享密钥 16 至 128 个可见字符（单引号和反斜杠除外）。"
    )
    alternative_en = "A name of 1 to 64, an IP address, a port of 1 to 65535, a secret of 16 to 128 visible characters but ' and \\."


class DeviceTaken(Refusal):
    """Another access device has this name or this address."""

    code = "provisioning.device_taken"
    rule = "NET-01"
    status = 409
    zh = "名称 {name} 或地址 {address} 已有接入设备。"
    en = "Another access device has the name {name} or the address {address}."
    alternative_zh = "修改已有的那台；停用的改后重新启用。"
    alternative_en = "Change that one; a retired one comes back when it is changed."


class DeviceUnknown(Refusal):
    """There is no such access device."""

    code = "provisioning.device_unknown"
    rule = "NET-01"
    status = 404
    zh = "没有接入设备 {device}。"
    en = "There is no access device {device}."
    alternative_zh = "onehall radius nas list"
    alternative_en = "onehall radius nas list"
