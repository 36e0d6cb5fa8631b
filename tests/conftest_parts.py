"""Tests that need what `make parts` brings say so: `@pytest.mark.parts("chromium")`. Without it they are skipped with the
reason, and with CI=true they fail: a skipped test proves nothing."""

import importlib.util
import os
import shutil
import subprocess
from collections.abc import Callable

import pytest


def _any_of(*programs: str) -> Callable[[], bool]:
    return lambda: any(shutil.which(program) for program in programs)


def _server(program: str) -> Callable[[], bool]:
    """Debian keeps servers where ordinary users do not look."""
    path = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/sbin"])
    return lambda: shutil.which(program, path=path) is not None


def _chinese_fonts() -> bool:
    if not shutil.which("fc-list"):
        return False
    done = subprocess.run(["fc-list", ":lang=zh", "family"], capture_output=True, check=False)
    return bool(done.stdout.strip())


PARTS: dict[str, Callable[[], bool]] = {
    "chromium": _any_of("chromium", "chromium-browser", "google-chrome"),
    "fonts-noto-cjk": _chinese_fonts,
    "poppler-utils": _any_of("pdftoppm"),
    "curl": _any_of("curl"),
    "nginx-light": _server("nginx"),
    "freeradius": _server("freeradius"),
    "freeradius-utils": _any_of("radclient"),
    "eapoltest": _any_of("eapol_test"),
    "hostapd": _server("hostapd"),
    "wpasupplicant": _server("wpa_supplicant"),
    "iproute2": _server("ip"),
    "iputils-ping": _any_of("ping"),
    "default-jre-headless": _any_of("java"),
    "pyspark": lambda: importlib.util.find_spec("pyspark") is not None,
}


def pytest_runtest_setup(item: pytest.Item) -> None:
    wanted = [name for mark in item.iter_markers("parts") for name in mark.args]
    missing = [name for name in wanted if not PARTS[name]()]
    if not missing:
        return
    reason = f"needs {', '.join(missing)}: run `make parts`"
    if os.environ.get("CI") == "true":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)
