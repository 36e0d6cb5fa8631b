"""The audit trail: `record` inside the journey's transaction, `seal` after commit by the clock, `verify` by anyone."""

from onehall.foundation.audit.chain import Verdict, seal, verify
from onehall.foundation.audit.trail import Line, record, request_id, trail

__all__ = ["Line", "Verdict", "record", "request_id", "seal", "trail", "verify"]
