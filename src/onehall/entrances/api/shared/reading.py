"""What was sent, read with care: whatever is no plain JSON object is refused before anybody looks at it."""

import json
from typing import Any, NoReturn

from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from ninja.parser import Parser

from onehall.foundation.refusals import Refusal

_DEEPEST = 20
_LARGEST = 10**18


class NotJson(Refusal):
    """A body of another kind."""

    code = "api.not_json"
    rule = "API-01"
    status = 415
    zh = "请求体须为 JSON（Content-Type: application/json）。"
    en = "The body must be JSON (Content-Type: application/json)."


class Unreadable(Refusal):
    """A body or address that no programme should send: broken JSON, control characters, endless numbers or depths."""

    code = "api.unreadable"
    rule = "API-01"
    status = 400
    zh = "请求看不懂：{why}。"
    en = "The request could not be read: {why_en}."
    alternative_zh = "请按接口说明 /api/docs 重新生成请求；什么都没有改动。"
    alternative_en = "Build the request again as /api/docs says; nothing was changed."


class StrictParser(Parser):
    """JSON of UTF-8 with one value per name; no NaN, no NUL, no half characters, no numbers beyond a bigint."""

    def parse_body(self, request: HttpRequest) -> Any:
        """Raises NotJson, Unreadable."""
        if request.content_type != "application/json":
            raise NotJson()
        try:
            sent = json.loads(
                request.body.decode("utf-8"), parse_constant=_no_number, object_pairs_hook=_once_each
            )
        except (ValueError, RecursionError):
            raise Unreadable(why="不是完整的 JSON", why_en="it is not complete JSON") from None
        _check(sent, _DEEPEST)
        if not isinstance(sent, dict):
            raise Unreadable(why="最外层须为对象", why_en="an object is expected outside")
        return sent

    def parse_querydict(
        self, data: MultiValueDict[str, Any], list_fields: list[str], request: HttpRequest
    ) -> dict[str, Any]:
        """Raises Unreadable."""
        found = super().parse_querydict(data, list_fields, request)
        _check(found, _DEEPEST)
        return found


def _no_number(text: str) -> NoReturn:
    raise ValueError(text)


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    whole = dict(pairs)
    if len(whole) < len(pairs):
        raise ValueError("a name twice")
    return whole


def _check(value: Any, depth: int) -> None:
    if depth == 0:
        raise Unreadable(why="嵌套太深", why_en="it is nested too deeply")
    if isinstance(value, str):
        _check_text(value)
    elif isinstance(value, int | float) and abs(value) > _LARGEST:
        raise Unreadable(why="数字太大", why_en="a number is too large")
    elif isinstance(value, dict):
        for name, inner in value.items():
            _check_text(name)
            _check(inner, depth - 1)
    elif isinstance(value, list):
        for inner in value:
            _check(inner, depth - 1)


def _check_text(text: str) -> None:
    if "\0" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
        raise Unreadable(why="文字里有不能保存的字符", why_en="a text holds characters that cannot be kept")
