"""Answers that are not a screen of their own: refusals, errors, and going elsewhere."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string

from onehall.foundation.identity.programmes import is_programme
from onehall.foundation.refusals import NotFound, Refusal
from onehall.foundation.values.text import Text
from onehall.foundation.web.context import theme_of
from onehall.foundation.web.problems import bare_problem, refusal_problem
from onehall.foundation.web.requests import wants_fragment

_DISK_FULL = "53100"  # PostgreSQL's condition disk_full
_ERRORS: dict[int, tuple[Text, Text]] = {
    400: (
        Text("这个请求看不懂", "The request could not be read"),
        Text("请退回上一页，检查填写的内容再提交。", "Go back, check what was filled in and send it again."),
    ),
    403: (
        Text("没有办成：页面已过期", "Not done: the page had expired"),
        Text(
            "请刷新页面后再提交一次；什么都没有改动。",
            "Reload the page and send it once more; nothing was changed.",
        ),
    ),
    404: (
        Text("没有这个页面", "There is no such page"),
        Text(
            "请检查地址，或者用搜索框查找。别的营业厅的记录在这里看不到。",
            "Check the address or use the search box. Records of other halls cannot be seen here.",
        ),
    ),
    405: (
        Text("这个地址不能这样用", "Not done that way"),
        Text("请退回上一页，从页面上的按钮操作。", "Go back and use the buttons of the page."),
    ),
    413: (
        Text("内容太大", "Too large"),
        Text("请缩小照片或文件后再提交。", "Make the photo or file smaller and send it again."),
    ),
    500: (
        Text("系统出错了", "Something broke"),
        Text(
            "没有办成的不会记帐。请再试一次；还不行，把下面的编号告诉系统管理员。",
            "What was not completed is not charged. Try again; if it fails again, give the number below to support.",
        ),
    ),
    503: (
        Text("数据库暂时不能用", "The database is not available"),
        Text(
            "这一次有没有办成还不知道，不会只办一半。请稍等片刻再按一次，已经办成的不会办第二次；还不行，请系统管理员检查数据库。",
            "Whether this was done is not known yet; it is never half done. Wait a moment and press once more: what was done is"
            " not done twice. If it fails again, ask support to look at the database.",
        ),
    ),
    507: (
        Text("服务器磁盘已满", "The server's disk is full"),
        Text(
            "没有办成，什么都没有记帐，填写的内容请保留。请系统管理员腾出磁盘空间，然后再按一次。",
            "Nothing was done or charged; keep what you typed. Ask support to make room on the disk, then press once more.",
        ),
    ),
}


def refuse(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The refusal with its own status: a fragment into `#refusal` for htmx (the form stays as typed), else a page."""
    if wants_fragment(request):
        answer = render(request, "onehall/refused_part.html", {"refusal": refusal}, status=refusal.status)
        return _to_refusal_place(answer)
    return render(request, "onehall/refused.html", {"refusal": refusal}, status=refusal.status)


def go(request: HttpRequest, address: str) -> HttpResponse:
    """Sends the browser to `address`, whether htmx or the browser itself asked."""
    if wants_fragment(request) and "HX-Boosted" not in request.headers:
        answer = HttpResponse(status=200)
        answer["HX-Redirect"] = address
        return answer
    answer = HttpResponseRedirect(address)
    answer.status_code = 303
    return answer


def error(request: HttpRequest, status: int) -> HttpResponse:
    """An error page with the request's number and no personal data, in both languages; needs no database. A problem for programmes."""
    if is_programme(request):
        return bare_problem(request, status)
    title, advice = _ERRORS.get(status, _ERRORS[500])
    lang = getattr(request, "lang", "zh")
    other = "zh" if lang == "en" else "en"
    facts = {
        "lang": lang,
        "theme": theme_of(request),
        "status": status,
        "title": title.in_(lang),
        "advice": advice.in_(lang),
        "other_lang": other,
        "other": f"{title.in_(other)} · {advice.in_(other)}",
        "request_id": getattr(request, "id", ""),
    }
    if wants_fragment(request):
        return _to_refusal_place(
            HttpResponse(render_to_string("onehall/error_part.html", facts), status=status)
        )
    return HttpResponse(render_to_string("onehall/error.html", facts), status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's handler400."""
    return error(request, 400)


def denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's handler403."""
    return error(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's handler404; a route that lets a `NotFound` out answers the same."""
    if is_programme(request) and isinstance(exception, NotFound):
        return refusal_problem(request, exception)
    return refuse(request, exception) if isinstance(exception, NotFound) else error(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's handler500: says that nothing was half done, and under which number the log has it."""
    return error(request, _status_of(sys.exc_info()[1]))


def _status_of(trouble: BaseException | None) -> int:
    """503 while the database is away, 507 while it has no room left, 500 for everything that is to be mended in code."""
    if not isinstance(trouble, OperationalError | InterfaceError):
        return 500
    return 507 if getattr(trouble.__cause__, "sqlstate", "") == _DISK_FULL else 503


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """For the setting CSRF_FAILURE_VIEW."""
    return error(request, 403)


def _to_refusal_place(answer: HttpResponse) -> HttpResponse:
    answer["HX-Retarget"] = "#refusal"
    answer["HX-Reswap"] = "innerHTML"
    answer["HX-Reselect"] = ".notice"
    answer["HX-Push-Url"] = "false"
    return answer
