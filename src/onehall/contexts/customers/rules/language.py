"""In which language a customer is written to (BIL-06, API-06)."""

from onehall.foundation.refusals import Refusal
from onehall.foundation.values.text import Text

USUAL = "zh"
LANGUAGES = {"zh": Text("中文", "Chinese"), "en": Text("英语", "English")}


class LanguageUnknown(Refusal):
    """Messages are written in the languages of the product only."""

    code = "customers.language_unknown"
    rule = "API-06"
    status = 400
    zh = "通知只用中文或英语发。"
    en = "Messages are written in Chinese or English."
    alternative_zh = "请选其中一种；什么都没有改动。"
    alternative_en = "Choose one of them; nothing was changed."


def check_language(given: str) -> str:
    """`given`, or LanguageUnknown."""
    if given not in LANGUAGES:
        raise LanguageUnknown(field="language")
    return given
