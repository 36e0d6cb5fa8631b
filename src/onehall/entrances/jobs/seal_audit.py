"""Every few seconds: chain the lines of the audit trail (SEC-09)."""

from datetime import datetime

from onehall.runs.seal_audit_trail import seal_audit_trail


def seal_audit(at: datetime) -> None:
    """The seal holds no time of its own; the lines have theirs."""
    del at
    seal_audit_trail()
