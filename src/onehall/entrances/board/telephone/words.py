"""What classes of calls, and reasons for waiting, are called."""

from onehall.contexts.voice import api as voice
from onehall.foundation.values.text import Text

KINDS = {
    "local": Text("市话", "local"), "long_distance": Text("长途", "long distance"), "international": Text("国际", "international"),
    "emergency": Text("紧急", "emergency"), "free": Text("免费", "free"), "": Text("没有类别", "no class"),
}  # fmt: skip
WAITS = {
    "": Text("还没有计费", "not looked at yet"),
    voice.Waits.BAD_ROW: Text("读不懂", "unreadable"), voice.Waits.REPEAT: Text("重复送来", "delivered before"),
    voice.Waits.UNKNOWN_ACCOUNT: Text("没有这个号码", "unknown number"), voice.Waits.UNKNOWN_PLAN: Text("没有这个资费", "unknown plan"),
    voice.Waits.OTHER_MONTH: Text("太早或在以后", "too old, or in the future"), voice.Waits.NO_PRICE: Text("没有价格", "no price"),
}  # fmt: skip
