"""Answers to programmes: application/problem+json (RFC 9457), with the closed code, the rule and what can be done instead."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, JsonResponse

from onehall.foundation.refusals import Refusal
from onehall.foundation.values.text import Text

MEDIA_TYPE = "application/problem+json"

_TYPE = "urn:onehall:problem:"
_TITLES = {
    400: Text("这个请求看不懂", "The request could not be read"),
    401: Text("没有有效的访问令牌", "No valid access token"),
    403: Text("没有权限", "Not permitted"),
    404: Text("没有找到", "Not found"),
    405: Text("这个地址不支持这种请求", "This address does not take that method"),
    409: Text("不能办理", "This cannot be done"),
    413: Text("内容太大", "Too large"),
    415: Text("内容须为 JSON", "The body must be JSON"),
    422: Text("填写的内容不合要求", "What was sent does not fit"),
    500: Text("系统出错了，没有办成的不会记帐", "Something broke; what was not completed is not charged"),
}


def problem(request: HttpRequest, *, status: int, code: str, detail: str = "", **more: Any) -> JsonResponse:
    """The problem in the caller's language; parts that are empty are left out."""
    lang = getattr(request, "lang", "zh")
    title = _TITLES.get(status, _TITLES[409 if status < 500 else 500]).in_(lang)
    facts = {
        "type": _TYPE + code,
        "title": title,
        "status": status,
        "detail": detail or title,
        "code": code,
        **{name: value for name, value in more.items() if value},
        "request_id": getattr(request, "id", ""),
    }
    answer = JsonResponse(
        facts, status=status, content_type=MEDIA_TYPE, json_dumps_params={"ensure_ascii": False}
    )
    answer["Content-Language"] = lang
    if status == 401:
        answer["WWW-Authenticate"] = 'Bearer realm="onehall"'
    return answer


def refusal_problem(
    request: HttpRequest, refusal: Refusal, errors: Sequence[dict[str, str]] = ()
) -> JsonResponse:
    """A refusal as a programme reads it; the input at fault stands in `errors`."""
    lang = getattr(request, "lang", "zh")
    sentence = refusal.sentence(lang)
    at_fault = [{"field": refusal.field, "message": sentence}] if refusal.field else []
    return problem(
        request,
        status=refusal.status,
        code=refusal.code,
        detail=sentence,
        rule=refusal.rule,
        alternative=refusal.alternative(lang),
        errors=list(errors) or at_fault,
        party_id=refusal.facts.get("party_id"),
    )


def bare_problem(request: HttpRequest, status: int) -> JsonResponse:
    """An error that no refusal stands behind."""
    return problem(request, status=status, code=f"http.{status}")
