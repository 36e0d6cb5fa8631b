"""钱箱盘查 A report of a drawer as it stands now: X while it is in use, Z once it is closed (LAW-40)."""

from datetime import datetime

from onehall.contexts.custody import api as custody
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.documents.contracts import Document
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import DrawerId
from onehall.steps.drawer_papers import issue_drawer_report


def report_drawer(*, drawer_id: DrawerId, by: Actor, at: datetime) -> Document:
    """Stores the paper. For whoever may confirm drawers: the clerk counts blind. Raises NotFound."""
    with transaction():
        by.require("drawer.confirm")
        paper = issue_drawer_report(drawer=custody.drawer(drawer_id, scope=by.scope), by=by, at=at)
        record(
            action="document.issued", subject="document", subject_id=paper.id, hall_id=paper.hall_id, by=by, at=at,
            rule="REC-03", details={"kind": paper.kind.value, "serial": paper.serial},
        )  # fmt: skip
    return paper
