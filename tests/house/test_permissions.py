"""Deny by default: a route without a declared permission breaks the build (SEC-10, ORG-06)."""

import ast
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, path

from onehall.foundation.identity.permissions import PERMISSIONS
from onehall.foundation.profiles import known_profiles, load_profile
from onehall.foundation.web.permit import PUBLIC, permit, public
from tests.house.source import Finding, Source, called, calls, found_in, in_package, refuse

Routes = list[URLPattern | URLResolver]


def routes(patterns: Routes, prefix: str = "/") -> Iterator[tuple[str, Callable[..., Any]]]:
    """(address, view) of every route of a URL map."""
    for entry in patterns:
        address = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from routes(entry.url_patterns, address)
        else:
            yield address, entry.callback


def undeclared(patterns: Routes) -> Iterator[Finding]:
    """Routes whose view declares no permission, or one that does not exist."""
    for address, view in routes(patterns):
        place = f"{view.__module__}.{getattr(view, '__qualname__', view)}"
        permission = getattr(view, "permission", None)
        if permission is None:
            what = f"{address} declares no permission"
            yield Finding(place, 1, what, '@permit("…") on the view, or @public() and say why')
        elif permission != PUBLIC and permission not in PERMISSIONS:
            mend = "add it to foundation/identity/permissions.py"
            yield Finding(place, 1, f"{address} asks for {permission}, which does not exist", mend)


def unknown_codes(source: Source) -> Iterator[Finding]:
    """Permission codes named in `permit`, `may` and `require` that no role could hold."""
    if not source.storey:
        return
    for call in calls(source.tree):
        verb = called(call).rsplit(".", 1)[-1]
        if verb not in {"permit", "may", "require"} or not call.args:
            continue
        code = call.args[0]
        if isinstance(code, ast.Constant) and isinstance(code.value, str) and code.value not in PERMISSIONS:
            mend = "add it to foundation/identity/permissions.py"
            yield Finding(source.path, call.lineno, f"{code.value!r} is no permission", mend)


def test_every_route_declares_a_permission_that_exists() -> None:
    patterns = get_resolver().url_patterns
    assert len(list(routes(patterns))) > 10, "the URL map is empty: nothing was checked"
    refuse(undeclared(patterns))


def test_every_permission_named_in_code_exists() -> None:
    refuse(found_in(in_package(), unknown_codes))


@pytest.mark.rule("ORG-06")
@pytest.mark.parametrize("code", known_profiles())
def test_every_role_of_a_profile_holds_only_permissions_that_exist(code: str) -> None:
    for role in load_profile(code).roles:
        unknown = set(role.permissions) - set(PERMISSIONS)
        assert not unknown, (
            f"profiles/{code}/roles.toml: {role.code} holds {sorted(unknown)}, which do not exist"
        )


def test_every_permission_is_asked_for_somewhere() -> None:
    text = "\n".join(
        source.text
        for source in in_package("entrances") + in_package("journeys") + in_package("foundation", "web")
    )
    idle = sorted(code for code in PERMISSIONS if f'"{code}"' not in text)
    assert not idle, f"no route asks for these permissions, remove them or use them: {idle}"


def _bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def test_a_route_without_permission_is_seen() -> None:
    assert list(undeclared([path("secret/", _bare)]))
    assert list(undeclared([path("open/", public()(_bare))])) == []
    assert list(undeclared([path("desk/", permit(next(iter(PERMISSIONS)))(_bare))])) == []


def test_a_permission_that_does_not_exist_is_seen() -> None:
    source = Source("src/onehall/entrances/desk/views.py", '@permit("desk.fly")\ndef fly(request): ...')
    assert found_in([source], unknown_codes)
