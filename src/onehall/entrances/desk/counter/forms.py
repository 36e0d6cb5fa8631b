"""What every form of the desk carries, read with care: a form that no screen sends is refused, never an error."""

from uuid import UUID

from onehall.foundation.refusals import Refusal
from onehall.foundation.web.requests import Request


class BadRequest(Refusal):
    """A form that this screen never sends."""

    code = "desk.bad_request"
    rule = "ORD-13"
    status = 400
    zh = "提交的内容不完整（{field_name}）。"
    en = "The submission is incomplete ({field_name})."
    alternative_zh = "请刷新页面后再办；什么都没有改动。"
    alternative_en = "Reload the page and try again; nothing was changed."


class BadMonth(Refusal):
    """What was typed is no month."""

    code = "desk.bad_month"
    rule = "ORD-13"
    status = 400
    zh = "月份“{typed}”不对。"
    en = "“{typed}” is not a month."
    alternative_zh = "请照 2026-10 的样子填四位年、短横和两位月。"
    alternative_en = "Type the year in four digits, a dash and the month in two, such as 2026-10."


def intent_of(request: Request) -> UUID:
    """The intent that was minted when the form was shown (ORD-13)."""
    try:
        return UUID(request.POST.get("intent", ""))
    except ValueError:
        raise BadRequest(field="intent", field_name="intent") from None


def whole_number(request: Request, name: str, default: int | None = None) -> int:
    """A number that the form carries."""
    typed = request.POST.get(name, "")
    if typed.isdecimal() and len(typed) < 10:
        return int(typed)
    if default is not None and not typed:
        return default
    raise BadRequest(field=name, field_name=name)
