"""Pressed twice, answer lost, retried: the first result comes back (ORD-13)."""

from onehall.foundation.idempotency.intents import Attempt, IntentReused, once

__all__ = ["Attempt", "IntentReused", "once"]
