"""What classes of calls are called."""

from onehall.foundation.values.text import Text

KINDS = {
    "local": Text("市话", "local"), "long_distance": Text("长途", "long distance"), "international": Text("国际", "international"),
    "emergency": Text("紧急", "emergency"), "free": Text("免费", "free"), "": Text("没有类别", "no class"),
}  # fmt: skip
