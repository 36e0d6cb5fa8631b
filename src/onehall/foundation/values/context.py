"""What a piece of work carries along without being handed it at every step."""

from contextvars import ContextVar

request_id: ContextVar[str] = ContextVar("request_id", default="")
"""The id of the web request or command being served; it links a page, its log lines and its audit lines (API-05)."""

PROBES = ("/healthz", "/readyz", "/metrics")
"""Addresses that machines ask every few seconds: nobody is looked up for them, and no line is written while all is well."""
