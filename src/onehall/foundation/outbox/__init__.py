"""Outbox: `publish` inside the transaction; the relay delivers after commit (WRK-11, API-05)."""

from onehall.foundation.outbox.publishing import publish

__all__ = ["publish"]
