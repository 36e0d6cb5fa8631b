"""Every hour: delete the logs that are older than the policy says (REC-02)."""

import os
from datetime import datetime
from pathlib import Path

from onehall.journeys.delete_old_logs import delete_old_logs


def delete_logs(at: datetime) -> None:
    """Where no folder of logs is named, whoever collects standard error keeps and deletes them."""
    folder = os.environ.get("ONEHALL_LOGS")
    if folder:
        delete_old_logs(folder=Path(folder), by=None, at=at)
