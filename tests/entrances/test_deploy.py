"""What an administrator copies onto the machine: units, proxy samples, and the settings behind TLS (API-04, SEC-08)."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
UNITS = sorted(DEPLOY.glob("*.service")) + sorted(DEPLOY.glob("*.timer"))
SERVICES = [unit for unit in UNITS if unit.suffix == ".service"]
HARDENED = (
    "NoNewPrivileges=yes", "ProtectSystem=strict", "ProtectHome=yes", "PrivateTmp=yes", "CapabilityBoundingSet=",
    "User=onehall", "RestrictNamespaces=yes", "UMask=0077",
)  # fmt: skip


@pytest.mark.rule("API-04")
@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not here")
def test_systemd_accepts_the_units(tmp_path: Path) -> None:
    for unit in UNITS:
        text = unit.read_text().replace("/opt/onehall/.venv/bin/onehall", shutil.which("true") or "")
        (tmp_path / unit.name).write_text(text)
    done = subprocess.run(
        ["systemd-analyze", "verify", *sorted(str(path) for path in tmp_path.iterdir())],
        capture_output=True,
        text=True,
        check=False,
    )
    ours = [line for line in done.stderr.splitlines() if "onehall" in line]
    assert (done.returncode, ours) == (0, [])


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_every_service_has_a_user_of_its_own_and_no_more_rights_than_it_needs(unit: Path) -> None:
    lines = unit.read_text().splitlines()
    assert [line for line in HARDENED if line not in lines] == []


def test_units_call_commands_that_exist() -> None:
    commands = {file.stem for file in (ROOT / "src/onehall/entrances/console/commands").glob("[a-z]*.py")}
    for unit in SERVICES:
        found = re.search(r"bin/onehall (\w+)", unit.read_text())
        assert found
        assert found[1] in commands


def test_both_proxies_pass_on_what_the_program_needs() -> None:
    for sample in ("nginx.conf", "Caddyfile"):
        text = (DEPLOY / sample).read_text()
        assert "X-Request-ID" in text
        assert "127.0.0.1:8001" in text
        assert "127.0.0.1:8000" in text
    nginx = (DEPLOY / "nginx.conf").read_text()
    assert "X-Forwarded-Proto https" in nginx
    assert "proxy_buffering off" in nginx


@pytest.mark.parts("nginx-light")
def test_nginx_accepts_its_sample(tmp_path: Path) -> None:
    text = re.sub(r"\s*(ssl_\S+ [^;]*;)", "", (DEPLOY / "nginx.conf").read_text()).replace("443 ssl", "8443")
    text = text.replace("listen 80", "listen 8080").replace("[::]:80;", "[::]:8080;")
    nginx = shutil.which("nginx", path=os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin"]))
    assert nginx
    whole = f"pid {tmp_path}/pid; error_log stderr; events {{}} http {{ access_log off; {text} }}"
    (tmp_path / "nginx.conf").write_text(whole)
    done = subprocess.run(
        [nginx, "-t", "-c", tmp_path / "nginx.conf", "-p", tmp_path],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_behind_tls_forms_are_accepted_from_https_and_only_then() -> None:
    program = (
        "import django; django.setup();"
        "from django.test import RequestFactory as R; from django.conf import settings;"
        "r = R().post('/', HTTP_X_FORWARDED_PROTO='https');"
        "print(r.is_secure(), settings.CSRF_COOKIE_SECURE)"
    )
    for https, expected in (("1", "True True"), ("", "False False")):
        environment = {
            **os.environ,
            "ONEHALL_HTTPS": https,
            "DJANGO_SETTINGS_MODULE": "onehall.config.settings",
        }
        done = subprocess.run(
            [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
        )
        assert done.stdout.strip() == expected
