"""拒收假币 A note that looks false is refused, logged and given back; a hall may not confiscate it (LAW-02)."""

from datetime import datetime
from uuid import UUID

from onehall.contexts.custody import api as custody
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.idempotency import once
from onehall.foundation.scopes import Actor
from onehall.foundation.values.money import Money


def refuse_note(*, piece: Money, pieces: int, mark: str, intent: UUID, by: Actor, at: datetime) -> int:
    """The number of the line; no money moves. Pressed twice it is one line. Raises NoNote, NoOpenDrawer away from a counter."""
    with transaction():
        by.require("drawer.open")
        if by.counter_id is None:
            raise custody.NoOpenDrawer()
        body = {"piece": piece.fen, "pieces": pieces, "mark": mark}
        attempt = once(key=intent, journey="refuse_note", by=by, body=body, at=at)
        if attempt.result is not None:
            return int(attempt.result["line"])
        line = custody.refuse_note(counter=by.counter_id, piece=piece, pieces=pieces, mark=mark, by=by, at=at)
        attempt.finish({"line": line})
        record(
            action="note.refused", subject="refused_note", subject_id=line, hall_id=by.hall_id, by=by, at=at, rule="LAW-02",
            details={"piece_fen": piece.fen, "pieces": pieces},
        )  # fmt: skip
    return line
