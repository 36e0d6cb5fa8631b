"""An operation: a permission, one call of the house, and an answer. The answers of its errors are the same everywhere."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Router
from ninja.errors import HttpError, ValidationError

from onehall.entrances.api.shared.access import AccessToken
from onehall.entrances.api.shared.reading import Unreadable
from onehall.foundation.refusals import Refusal
from onehall.foundation.values.text import Text
from onehall.foundation.web.problems import MEDIA_TYPE, bare_problem, refusal_problem

V = TypeVar("V", bound=Callable[..., Any])
_ERRORS = {
    400: "看不懂，或内容不对 unreadable, or against a rule of the form",
    401: "没有有效的令牌 no valid token",
    403: "没有权限，或没有说明目的 not permitted, or no purpose stated",
    404: "没有找到 not found",
    405: "不支持这种请求 method not allowed",
    409: "按规则不能办理 refused by a rule",
    413: "内容太大 too large",
    415: "不是 JSON not JSON",
    422: "不合要求，或编号已用于别的内容 invalid, or the key stands for something else",
    423: "已锁定 locked",
}
_PROBLEM = {"content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
_KEY_HEADER = "Idempotency-Key"


class KeyNeeded(Refusal):
    """Without an Idempotency-Key a retry could do it twice."""

    code = "api.key_needed"
    rule = "ORD-13"
    status = 422
    zh = "请求头 Idempotency-Key 须为一个 UUID。"
    en = "The header Idempotency-Key must be a UUID."
    alternative_zh = "每件事生成一个，重发时用原来的；什么都没有改动。"
    alternative_en = (
        "Make one for each intent and send the same one again when retrying; nothing was changed."
    )


class Invalid(Refusal):
    """What was sent does not fit what the operation takes; `errors` name each input."""

    code = "api.invalid"
    rule = "API-01"
    status = 422
    zh = "有 {number} 项内容不合要求。"
    en = "{number} inputs do not fit."
    alternative_zh = "请看 errors 里每一项的说明和 /api/docs；什么都没有改动。"
    alternative_en = "See each of “errors” and /api/docs; nothing was changed."


class Noun(Router):
    """The operations about one thing. `asks` tells of each route which method needs which permission."""

    def __init__(self, words: Text) -> None:
        super().__init__(tags=[f"{words.zh} {words.en}"])
        self.asks: dict[str, dict[str, str]] = {}

    def operation(
        self,
        method: str,
        path: str,
        *,
        permission: str,
        words: Text,
        shows: Any,
        status: int = 200,
        media: str = "",
    ) -> Callable[[V], V]:
        """Registers a view as an operation that asks for `permission`; `media` names an answer that is no JSON."""
        self.asks.setdefault(path, {})[method] = permission
        extra: dict[str, Any] = {"x-permission": permission, "responses": _responses()}
        if media:
            content = {media: {"schema": {"type": "string", "format": "binary"}}}
            extra["responses"][status] = {"description": "OK", "content": content}
        return self.api_operation(
            [method],
            path,
            auth=AccessToken(permission),
            response={status: None if media else shows},
            summary=f"{words.zh} {words.en}",
            openapi_extra=extra,
        )


def _responses() -> dict[Any, Any]:
    return {status: {"description": words, **_PROBLEM} for status, words in _ERRORS.items()}


def say_no(api: NinjaAPI) -> None:
    """Every error of an operation as a problem."""
    api.add_exception_handler(Refusal, _refused)
    api.add_exception_handler(ValidationError, _invalid)
    api.add_exception_handler(HttpError, _unread)


def _refused(request: HttpRequest, refusal: Refusal | type[Refusal]) -> HttpResponse:
    assert isinstance(refusal, Refusal)  # noqa: S101 - what is raised is an instance
    return refusal_problem(request, refusal)


def _invalid(request: HttpRequest, error: ValidationError | type[ValidationError]) -> HttpResponse:
    lines = [
        {"field": ".".join(str(part) for part in one["loc"][1:]), "message": str(one["msg"])}
        for one in getattr(error, "errors", [])
    ]
    if any(_KEY_HEADER in one.get("loc", ()) for one in getattr(error, "errors", [])):
        return refusal_problem(request, KeyNeeded(field=_KEY_HEADER))
    return refusal_problem(request, Invalid(number=len(lines)), lines)


def _unread(request: HttpRequest, error: HttpError | type[HttpError]) -> HttpResponse:
    cause = error.__cause__ if isinstance(error, HttpError) else None
    if isinstance(cause, Refusal):
        return refusal_problem(request, cause)
    return refusal_problem(request, Unreadable(why="不是完整的 JSON", why_en="it is not complete JSON"))


def guarded(inner: Callable[..., Any], permissions: dict[str, str]) -> Callable[..., Any]:
    """The view with what its operations ask for, as every route of the house declares it (SEC-10)."""

    def view(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.method == "HEAD" and "GET" in permissions:
            request.method = "GET"
        if request.method not in permissions:
            answer = bare_problem(request, 405)
            answer["Allow"] = ", ".join(permissions)
            return answer
        return inner(request, *args, **kwargs)

    view.permissions = permissions  # type: ignore[attr-defined]
    view.permission = next(iter(permissions.values()))  # type: ignore[attr-defined]
    view.methods = tuple(permissions)  # type: ignore[attr-defined]
    view.csrf_exempt = True  # type: ignore[attr-defined]
    return view
