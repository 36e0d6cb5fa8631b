"""What codes of the network are called on the board."""

from datetime import datetime

from onehall.foundation.values.text import Text
from onehall.readings.network.board import AccessDevice

KINDS = {
    "generic": Text("通用设备", "Generic device"),
    "huawei": Text("华为 BRAS", "Huawei BRAS"),
    "zte": Text("中兴 BRAS", "ZTE BRAS"),
    "cisco": Text("思科 BRAS", "Cisco BRAS"),
    "mikrotik": Text("MikroTik", "MikroTik"),
}


def word(words: dict[str, Text], code: str) -> Text:
    """The word of a code; a code without one is shown as it is."""
    return words.get(code, Text(code or "—", code or "—"))


def health(device: AccessDevice, *, silent_after: float, at: datetime) -> tuple[str, Text]:
    """How a device is: its mark and word. `silent_after` in seconds."""
    if device.state == "retired":
        return "plain", Text("已停用", "retired")
    if device.resting_until is not None and device.resting_until > at:
        return "bad", Text("命令不通，暂停重试", "does not answer commands, resting")
    if device.heard_at is None:
        return "info", Text("还没有消息", "not heard yet")
    if (at - device.heard_at).total_seconds() > silent_after:
        return "warn", Text("很久没有消息", "silent for long")
    if device.failures:
        return "warn", Text("有命令失败", "some commands failed")
    return "good", Text("正常", "well")
