"""What the board calls states and failures of webhooks."""

from datetime import datetime

from onehall.foundation.values.text import Text
from onehall.foundation.webhooks.contracts import DeliveryLine, SubscriptionCard
from onehall.foundation.webhooks.topics import PING, TOPICS

STATES = {
    "waiting": ("info", Text("待推", "waiting")),
    "delivered": ("good", Text("已送达", "delivered")),
    "given_up": ("bad", Text("已放弃", "given up")),
}
_PAUSED = {
    "manager": Text("由经理停用", "paused by a manager"),
    "gone": Text("对方说地址已取消（410），已自动停用", "the receiver says it is gone (410): paused"),
    "dead": Text("一直失败，已自动停用", "failed without a break: paused"),
}
_FAILURES = {
    "timeout": Text("没有在时限内回答", "no answer in time"),
    "refused": Text("连不上", "connection refused"),
    "reset": Text("中途断开", "connection broken off"),
    "no_address": Text("查不到主机", "host not found"),
    "forbidden_address": Text("地址在没有放行的内网", "address in a network that is not allowed"),
    "tls": Text("证书不对", "certificate not valid"),
    "protocol": Text("回答看不懂", "answer not understood"),
}


def health(card: SubscriptionCard, at: datetime) -> tuple[str, Text]:
    """Kind of tag and words: the colour never stands alone."""
    if card.state == "paused":
        return "bad", _PAUSED.get(card.paused_why, Text("已停用", "paused"))
    if card.broken_until is not None and card.broken_until > at:
        return "bad", Text(
            f"连续失败 {card.failures} 次，暂缓推送", f"{card.failures} failures in a row: held back"
        )
    if card.failures:
        return "warn", Text(f"连续失败 {card.failures} 次", f"{card.failures} failures in a row")
    if card.delivered_at is None:
        return "plain", Text("还没有推送过", "nothing sent yet")
    return "good", Text("正常", "well")


def topic(code: str) -> Text:
    """A topic in words."""
    if code == PING:
        return Text("试推送", "test")
    return TOPICS.get(code, Text(code, code))


def trouble(line: DeliveryLine) -> Text:
    """What the last attempt met; nothing where there was none."""
    if line.last_failure:
        return _FAILURES.get(line.last_failure, Text(line.last_failure, line.last_failure))
    said = f"HTTP {line.last_status}" if line.last_status else ""
    return Text(said, said)
