"""The fuse box. Everything that differs between machines comes from the environment; see docs/guides/."""

import os
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from onehall.foundation.telemetry.configuration import logging_config

HOME = Path(os.environ.get("ONEHALL_HOME", ".onehall")).resolve()
PACKAGE = Path(__file__).resolve().parent.parent

SECRET_KEY = os.environ.get("ONEHALL_SECRET", "only-for-tests-and-tools-never-served")
DEBUG = False
ALLOWED_HOSTS = os.environ.get("ONEHALL_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
SECURE_COOKIES = os.environ.get("ONEHALL_HTTPS", "") == "1"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE_COOKIES else None
"""TLS ends at the proxy. Without its word a form sent from https would look as if it came from another origin."""

INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "django_htmx",
    "pgtrigger",
    "onehall.foundation.web",
    "onehall.foundation.identity",
    "onehall.foundation.policy",
    "onehall.foundation.telemetry",
    "onehall.foundation.audit",
    "onehall.foundation.outbox",
    "onehall.foundation.idempotency",
    "onehall.foundation.documents",
    "onehall.foundation.webhooks",
    "onehall.foundation.notices",
    "onehall.foundation.approvals",
    "onehall.foundation.bulletins",
    "onehall.foundation.escalation",
    "onehall.contexts.organisation",
    "onehall.contexts.customers",
    "onehall.contexts.catalogue",
    "onehall.contexts.numbers",
    "onehall.contexts.orders",
    "onehall.contexts.subscriptions",
    "onehall.contexts.ledger",
    "onehall.contexts.custody",
    "onehall.contexts.banking",
    "onehall.contexts.invoicing",
    "onehall.contexts.acquiring",
    "onehall.contexts.clearing",
    "onehall.contexts.balances",
    "onehall.contexts.voice",
    "onehall.contexts.goods",
    "onehall.contexts.provisioning",
    "onehall.contexts.fieldwork",
    "onehall.contexts.floor",
    "onehall.contexts.registers",
    "onehall.contexts.workforce",
]


NO_JIT = "-c jit=off"
"""Compiling a plan takes longer than any page of the hall: the desk went from half a second to 40 ms without it."""


def _database(url: str) -> dict[str, object]:
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "onehall",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": {"options": NO_JIT, "server_side_binding": True, "prepare_threshold": 1, **query},
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }


DATABASES = {"default": _database(os.environ.get("DATABASE_URL", "postgres:///onehall"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "identity.User"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]

LANGUAGE_CODE = "zh-hans"
USE_I18N = True
USE_TZ = True
TIME_ZONE = os.environ.get("ONEHALL_TIME_ZONE", "Asia/Shanghai")
PROCESS = os.environ.get("ONEHALL_PROCESS", "console")
LOGGING = logging_config(process=PROCESS, folder=os.environ.get("ONEHALL_LOGS", ""), zone=TIME_ZONE)
METRICS_TOKEN = os.environ.get("ONEHALL_METRICS_TOKEN", "")

ROOT_URLCONF = "onehall.config.urls"
APPEND_SLASH = False
LARGER_BODIES = {"/board/imports/": 64 * 2**20, "/desk/scans": 64 * 2**20}
"""Where files come in; what a register or a scan may weigh is a policy below that."""
MIDDLEWARE = [
    "onehall.foundation.web.middleware.RequestIdMiddleware",
    "onehall.foundation.telemetry.middleware.ObservedMiddleware",
    "onehall.foundation.web.middleware.SecurityHeadersMiddleware",
    "onehall.foundation.web.middleware.BodyLimitMiddleware",
    "django.middleware.common.CommonMiddleware",
    "onehall.foundation.identity.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
CSRF_COOKIE_SECURE = SECURE_COOKIES
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "onehall.foundation.web.responses.csrf_failed"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [
            *sorted(PACKAGE.glob("entrances/*/templates")),
            *sorted(PACKAGE.glob("entrances/*/*/templates")),
        ],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["onehall.foundation.web.context.frame"]},
    }
]
GUIDED_SURFACES = tuple(f"onehall.entrances.{one}" for one in ("desk", "board", "pocket", "portal", "public"))
"""Packages whose help.toml says what each page is for."""
PLACE_FINDER = "onehall.readings.place.place"
BASE_URL = os.environ.get("ONEHALL_BASE_URL", "http://127.0.0.1:8000")
PLUGS = {
    "access_server": "onehall.adapters.radius.server.free_radius",
    "printer": "onehall.adapters.printer.plug.printer_at",
    "webhook": "onehall.adapters.webhook.plug.http_sender",
    "sms": "onehall.adapters.sms.plug.http_gateway",
    "sms_reports": "onehall.adapters.sms.plug.reports_of",
    "town": "onehall.adapters.radius.town.town_of",
    "network": "onehall.adapters.radius.plug.access_devices",
    "acquirer.wechat": "onehall.adapters.payment.plug.acquirer",
    "acquirer.alipay": "onehall.adapters.alipay.plug.acquirer",
    "acquirer.card": "onehall.adapters.terminal.plug.acquirer",
    "acquirer.recharge_card": "onehall.adapters.recharge_card.plug.acquirer",
    "bills.card": "onehall.adapters.terminal.plug.bills",
    "bills.alipay": "onehall.adapters.alipay.plug.bills",
    "bills.wechat": "onehall.adapters.payment.plug.bills",
    "tax_side": "onehall.adapters.invoice.plug.http_tax_side",
    "tax_office": "onehall.adapters.invoice.simulator.imitated",
    "payers": "onehall.adapters.payment.simulator.imitated",
}
ACQUIRERS = Path(os.environ.get("ONEHALL_ACQUIRERS", str(HOME / "acquirers")))
"""A folder per provider of payments, with its settings and keys; without one that means cannot be taken."""
SMS_GATEWAY = os.environ.get("ONEHALL_SMS_GATEWAY", "")
SMS_KEY = os.environ.get("ONEHALL_SMS_KEY", "")
INVOICE_URL = os.environ.get("ONEHALL_INVOICE_URL", "")
INVOICE_KEY = os.environ.get("ONEHALL_INVOICE_KEY", "")
RECEIPT_PRINTER = os.environ.get("ONEHALL_RECEIPT_PRINTER", "")
LIVE_URL = os.environ.get("ONEHALL_LIVE_URL", "")
WSGI_APPLICATION = "onehall.config.wsgi.application"
STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
_viewer = find_spec("ninja")
STATICFILES_DIRS = (
    [("ninja", str(Path(_viewer.origin).parent / "static" / "ninja"))] if _viewer and _viewer.origin else []
)
"""The viewer of the API's description comes with its library, which is not imported for that."""
