"""Reporting, telling, answering, closing; recording instructions and their steps: one verb each."""

from datetime import date, datetime

from onehall.foundation.database import in_transaction
from onehall.foundation.escalation import models, queries
from onehall.foundation.escalation.contracts import (
    AlreadyDone,
    Kind,
    Level,
    Matter,
    NothingSaid,
    NotThisLevel,
)
from onehall.foundation.escalation.rules import may_close, may_tell
from onehall.foundation.scopes import Actor

_LONGEST, _WHOLE = 500, 4000  # structural: what the columns and a screen hold


@in_transaction
def report(*, kind: Kind, what: str, level: Level, emergency: bool, by: Actor, at: datetime) -> int:
    """To the level above, or in an emergency to a higher one. Raises NothingSaid, NotThisLevel."""
    start = queries.level_of(by)
    may_tell(level, start=start, told=(), seen=(), emergency=emergency)
    made = models.Matter.objects.create(
        hall_id=by.hall_id, kind=kind.value, what=_said(what, "what"), emergency=emergency, start=int(start),
        by_id=by.user_id, at=at,
    )  # fmt: skip
    models.MatterTold.objects.create(matter=made, level=int(level), by_id=by.user_id, at=at)
    return made.pk


@in_transaction
def tell(*, matter_id: int, level: Level, by: Actor, at: datetime) -> None:
    """One level more, or one that was skipped. Raises NotFound, NotThisLevel, AlreadyDone."""
    found = _locked(matter_id, by)
    may_tell(level, start=found.start, told=found.told, seen=found.seen, emergency=found.emergency)
    models.MatterTold.objects.create(matter_id=matter_id, level=int(level), by_id=by.user_id, at=at)


@in_transaction
def answer(*, matter_id: int, note: str, by: Actor, at: datetime) -> None:
    """The level that was told has seen it and says what is done. Raises NotFound, NotThisLevel, NothingSaid, AlreadyDone."""
    found, level = _locked(matter_id, by), queries.level_of(by)
    row = models.MatterTold.objects.filter(matter_id=matter_id, level=int(level)).first()
    if row is None or found.by_user == by.user_id:
        raise NotThisLevel(why="没有报给您这一级", why_en="your level was not told")
    if level in found.seen:
        raise NotThisLevel(why="这一级已经答复", why_en="your level has answered already")
    models.MatterSeen.objects.create(told=row, by_id=by.user_id, note=_said(note, "note"), at=at)


@in_transaction
def close(*, matter_id: int, outcome: str, by: Actor, at: datetime) -> None:
    """It ends, by a level that was told. Raises NotFound, NotThisLevel, NothingSaid, AlreadyDone."""
    found = _locked(matter_id, by)
    if queries.level_of(by) not in found.told:
        raise NotThisLevel(why="由接到上报的一级办结", why_en="a level that was told closes it")
    may_close(start=found.start, told=found.told, seen=found.seen)
    models.MatterClosing.objects.create(
        matter_id=matter_id, by_id=by.user_id, outcome=_said(outcome, "outcome"), at=at
    )


@in_transaction
def record_instruction(*, from_whom: str, words: str, due_on: date, by: Actor, at: datetime) -> int:
    """In full, as it was said. Raises NothingSaid."""
    whole = words.strip()
    if not whole or len(whole) > _WHOLE:
        raise NothingSaid(
            field="words", why=f"原话应为 1 至 {_WHOLE} 字", why_en=f"its words have 1 to {_WHOLE} signs"
        )
    made = models.Instruction.objects.create(
        hall_id=by.hall_id, from_whom=_said(from_whom, "from_whom")[:60], words=whole, received_at=at, due_on=due_on,
        by_id=by.user_id,
    )  # fmt: skip
    return made.pk


@in_transaction
def note_instruction(*, instruction_id: int, words: str, done: bool, by: Actor, at: datetime) -> None:
    """A step, or the last one. Raises NotFound, NothingSaid, AlreadyDone."""
    models.Instruction.objects.select_for_update().filter(pk=instruction_id).first()
    if queries.instruction(instruction_id, scope=by.scope).done_at is not None:
        raise AlreadyDone()
    models.InstructionNote.objects.create(
        instruction_id=instruction_id, words=_said(words, "words"), done=done, by_id=by.user_id, at=at
    )


def _locked(matter_id: int, by: Actor) -> Matter:
    models.Matter.objects.select_for_update().filter(pk=matter_id).first()
    found = queries.matter(matter_id, by=by)
    if found.closed_at is not None:
        raise AlreadyDone()
    return found


def _said(typed: str, field: str) -> str:
    kept = " ".join(typed.split())[:_LONGEST]
    if not kept:
        raise NothingSaid(field=field, why="没有填写", why_en="it is empty")
    return kept
