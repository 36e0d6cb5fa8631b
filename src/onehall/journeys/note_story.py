"""演示故事 Note that the demo's story begins or has been told, so that no start of the demo tells it twice."""

from datetime import datetime
from typing import Literal

from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.values.ids import HallId


def note_story(*, chapter: Literal["begun", "told"], profile: str, hall_id: HallId, at: datetime) -> None:
    """Writes an audit line `demo.story_begun` or `demo.story_told`; the time of the first is the story's today."""
    with transaction():
        record(
            action=f"demo.story_{chapter}",
            subject="profile",
            subject_id=profile,
            hall_id=hall_id,
            by=None,
            at=at,
        )
