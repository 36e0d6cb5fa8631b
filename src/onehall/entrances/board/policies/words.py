"""Policy values as people read and type them: yuan, hours of the day, yes and no; each with its unit."""

from typing import Any

from onehall.entrances.board.pages import Unreadable
from onehall.foundation.policy import PolicyKey
from onehall.foundation.values.money import Money
from onehall.foundation.values.text import Text

GROUPS = {
    "identity": Text("登录", "Signing in"),
    "retention": Text("保留期限", "Retention"),
    "customers": Text("客户", "Customers"),
    "fees": Text("费用", "Fees"),
    "numbers": Text("号码、票据", "Numbers and books"),
    "orders": Text("受理", "Orders"),
    "subscriptions": Text("在用业务", "Subscriptions"),
    "payment": Text("收款", "Payment"),
    "ledger": Text("票据", "Receipts"),
    "custody": Text("钱箱", "Drawer"),
    "provisioning": Text("网络开通", "Network"),
    "notices": Text("通知客户", "Notices to customers"),
    "exports": Text("导出", "Exports"),
    "fieldwork": Text("上门施工、回访", "Field work"),
    "registers": Text("登记表导入", "Registers"),
    "logs": Text("日志", "Logs"),
    "health": Text("运行状况", "Health"),
    "webhooks": Text("事件推送", "Webhooks"),
}
"""By the first part of a key; a part without a word is shown as it is."""

MINUTE_OF_DAY = "minute of the day"
_HOUR = 60
_UNITS = {
    "characters": Text("位", "characters"),
    "copies": Text("联", "copies"),
    "days": Text("天", "days"),
    "endpoints": Text("个地址", "endpoints"),
    "backups": Text("份", "backups"),
    "hours": Text("小时", "hours"),
    "megabytes": Text("兆字节", "megabytes"),
    "minutes": Text("分钟", "minutes"),
    "months": Text("个月", "months"),
    "rows": Text("行", "rows"),
    "seconds": Text("秒", "seconds"),
    "times": Text("次", "times"),
    "working days": Text("个工作日", "working days"),
    "lines": Text("条线路", "lines"),
    "years": Text("周岁", "years"),
}
_YES, _NO = Text("是", "yes"), Text("否", "no")
_NONE = Text("（空）", "(empty)")


def group_of(code: str) -> Text:
    """The heading under which a key stands."""
    first = code.split(".", 1)[0]
    return GROUPS.get(first, Text(first, first))


def unit_of(key: PolicyKey[Any]) -> Text:
    """The unit in words; nothing where the value says it itself."""
    return _UNITS.get(key.unit, Text("", ""))


def shown(key: PolicyKey[Any], value: Any) -> Text:
    """A value of the key's own type in words."""
    if isinstance(value, bool):
        return _YES if value else _NO
    if isinstance(value, Money):
        said = f"¥{value.text}"
    elif key.unit == MINUTE_OF_DAY:
        said = "{:02d}:{:02d}".format(*divmod(value, _HOUR))
    elif isinstance(value, tuple):
        return Text("、".join(map(str, value)) or _NONE.zh, ", ".join(map(str, value)) or _NONE.en)
    else:
        said = str(value)
    return Text(said, said) if said else _NONE


def bounds(key: PolicyKey[Any]) -> Text:
    """What the key allows."""
    if key.minimum is not None and key.maximum is not None:
        low, high = (shown(key, key.accept(limit)).zh for limit in (key.minimum, key.maximum))
        return Text(f"{low} 至 {high}", f"{low} to {high}")
    if key.choices:
        return Text("、".join(map(str, key.choices)), ", ".join(map(str, key.choices)))
    return Text("", "")


def typed(key: PolicyKey[Any], value: Any) -> str:
    """A value of the key's own type as its field shows it for typing over."""
    if isinstance(value, Money):
        return value.text.replace(",", "")
    if isinstance(value, bool):
        return "1" if value else ""
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return shown(key, value).zh if key.unit == MINUTE_OF_DAY else str(value)


def stored(key: PolicyKey[Any], given: str) -> Any:
    """What was typed as the JSON value to store; raises Unreadable, and what the key itself refuses."""
    given = given.strip()
    try:
        value = _converted(key, given)
    except ValueError:
        raise Unreadable(what=f"“{given}”", what_en=f"“{given}”", field="value") from None
    key.check(value)
    return value


def _converted(key: PolicyKey[Any], given: str) -> Any:
    if key.kind == "bool":
        return given == "1"
    if key.kind == "money":
        return Money.yuan(given).fen
    if key.unit == MINUTE_OF_DAY:
        hour, _, minute = given.partition(":")
        return int(hour) * _HOUR + int(minute or 0)
    if key.kind == "int":
        return int(given)
    if key.kind == "list":
        return [
            part.strip() for part in given.replace("，", ",").replace("、", ",").split(",") if part.strip()
        ]
    return given
