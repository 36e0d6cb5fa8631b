"""A browser as the hall has it: Chromium off the network, at the sizes of a counter's screen and of a phone.

`screen(...)` opens a page and, when the test is over, refuses what nobody saw: errors in the console, addresses elsewhere.
`gallery` serves the pages of /design/ to an invented clerk, without a database.
"""

import faulthandler
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.wsgi import get_wsgi_application
from django.test import override_settings
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from tests.browser.pages import INVENTED

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = (
    "true"  # the driver runs a loop in the test's thread; tests stay synchronous
)

DESK, PHONE = (1366, 768), (390, 844)
_CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
_OFF_THE_NETWORK = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-dev-shm-usage",
    "--disable-domain-reliability",
    "--disable-gpu",
    "--disable-sync",
    "--no-first-run",
    "--no-proxy-server",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]

_HANGS_SECONDS = 600
PATIENCE = 60_000
"""Milliseconds for what a calm machine does at once: the suite judges what comes, never how soon."""
Screen = Callable[..., Page]


@pytest.fixture(autouse=True)
def named_when_it_hangs() -> Iterator[None]:
    """A browser that never answers ends its worker, which names the test, instead of holding the whole run for ever."""
    faulthandler.dump_traceback_later(_HANGS_SECONDS, exit=True)
    yield
    faulthandler.cancel_dump_traceback_later()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    expect.set_options(timeout=PATIENCE / 2)
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    opened = playwright.chromium.launch(executable_path=_CHROMIUM, args=_OFF_THE_NETWORK)
    yield opened
    opened.close()


def _answers_keys_once_read(page: Page) -> None:
    """A hand waits until a page is there; a script is quicker and would press before the page's own scripts are read."""
    press = page.keyboard.press

    def pressed(key: str, *, delay: float | None = None) -> None:
        page.wait_for_load_state("load")
        press(key, delay=delay)

    page.keyboard.press = pressed  # type: ignore[method-assign]


@pytest.fixture
def screen(browser: Browser) -> Iterator[Screen]:
    """`screen(address, size=DESK, theme="light", lang="zh", cookies={})` → a page that is watched until the test ends."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def watch(page: Page, origin: str) -> None:
        page.on("pageerror", lambda error: complaints.append(f"script: {error}"))
        page.on(
            "console",
            lambda said: complaints.append(said.text) if _is_complaint(said.type, said.text) else None,
        )
        page.on(
            "request",
            lambda asked: complaints.append(f"asked {asked.url}") if _foreign(asked.url, origin) else None,
        )

    def opened(
        address: str,
        *,
        size: tuple[int, int] = DESK,
        theme: str = "light",
        lang: str = "zh",
        cookies: dict[str, str] | None = None,
    ) -> Page:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if theme == "dark" else "light",
            has_touch=size == PHONE,
        )
        contexts.append(context)
        origin = "/".join(address.split("/")[:3])
        for name, value in {"onehall_lang": lang, **(cookies or {})}.items():
            context.add_cookies([{"name": name, "value": value, "url": origin}])
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        _answers_keys_once_read(page)
        watch(page, origin.rsplit(":", 1)[0])
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        with suppress(Exception):
            context.close()
    assert not complaints, "\n".join(complaints)


def _is_complaint(kind: str, text: str) -> bool:
    """Answers of 4xx and broken connections are stories that tests tell on purpose; all other errors are faults."""
    expected = (
        "Failed to load resource",
        "Response Status Error Code",
        "htmx:sendError",
        "htmx:timeout",
        "htmx:afterRequest",
    )
    return kind == "error" and not any(part in text for part in expected)


def _foreign(url: str, host: str) -> bool:
    return url.startswith("http") and not url.startswith(host)


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


class _Threaded(ThreadingMixIn, WSGIServer):
    daemon_threads = True


@pytest.fixture(scope="session")
def _gallery_server() -> Iterator[str]:
    with override_settings(**INVENTED):
        application = StaticFilesHandler(get_wsgi_application())
    server = make_server("127.0.0.1", 0, application, server_class=_Threaded, handler_class=_Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def gallery(_gallery_server: str) -> Iterator[str]:
    """Origin of a server that shows /design/ and the pages of `pages.py` to an invented clerk."""
    with override_settings(**INVENTED):
        yield _gallery_server
