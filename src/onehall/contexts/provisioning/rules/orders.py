"""What a device is told about a session so that it does what its account may, and why that is not done yet, in words."""

from datetime import datetime, timedelta

from onehall.contexts.provisioning.contracts import Act, LiveLine, Order, Wish
from onehall.foundation.values.text import Text

OBSTACLES = {
    "silent": Text("接入设备没有应答", "The access device does not answer"),
    "resting": Text(
        "接入设备多次没有应答，暂停联系",
        "The access device was silent too often and is left alone for a while",
    ),
    "unknown_device": Text(
        "会话来自未登记的接入设备", "The session is on an access device that is not registered"
    ),
    "no_secret": Text(
        "接入设备的密钥打不开，请重新登记密钥", "The device's secret cannot be opened: admit it anew"
    ),
    "trouble": Text("程序出错，已记入日志", "Something went wrong here; it is in the log"),
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

_SAME = timedelta(seconds=2)  # structural: a device keeps whole seconds, and its answer was under way


def decide(*, wish: Wish, line: LiveLine, live: frozenset[str], at: datetime) -> Order:
    """NET-01, NET-03: what to do about a session so that it does what its account may; `live` as the device's kind can.

    A shorter or longer term waits where it cannot be told: the session ends in time by itself or is swept, and comes back. A
    speed that was paid for does not wait (CAT-02).
    """
    if wish.until is None or (wish.cut_before is not None and line.started_at <= wish.cut_before):
        return Order(Act.CUT)
    able = frozenset() if line.fixed else live
    until = wish.until if _differs(line.granted_until, wish.until) else None
    granted, wanted = (line.granted_down_kbps, line.granted_up_kbps), (wish.down_kbps, wish.up_kbps)
    speed = wanted if granted != wanted else None
    if until is None and speed is None:
        return Order(Act.NOTHING)
    if speed and "speed" not in able:
        if None not in granted:
            return Order(Act.CUT)
        speed = None
    if until and "until" not in able:
        until = None
    return Order(Act.CHANGE if until or speed else Act.WAIT, until, speed)


def _differs(granted: datetime | None, until: datetime) -> bool:
    return granted is None or abs(granted - until) > _SAME


def obstacle(code: str) -> Text:
    """Why a command is not yet in effect, in words; a code that nobody declared is shown as it is."""
    return OBSTACLES.get(code, Text(code, code))
