"""STUB until branch commands is merged."""

from datetime import datetime
from uuid import UUID

from onehall.foundation.scopes import Actor


def cut_session(*, account: str, reason: str, intent: UUID, by: Actor, at: datetime) -> None:
    """Nothing yet."""
