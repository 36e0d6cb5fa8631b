"""Up one level at a time; an emergency may skip, and the skipped level is told afterwards (ESC-01)."""

from collections.abc import Collection

from onehall.foundation.escalation.contracts import Level, NotThisLevel

_TOP = max(Level)


def owed(*, start: Level, told: Collection[Level]) -> list[Level]:
    """The levels between the reporter and the highest one told that know nothing yet, the lowest first."""
    top = max(told, default=start)
    return [level for level in Level if start < level < top and level not in told]


def may_tell(
    level: Level, *, start: Level, told: Collection[Level], seen: Collection[Level], emergency: bool
) -> None:
    """Refuses what is told already, and a level that skips another outside an emergency. Raises NotThisLevel.

    A skipped level may always be told afterwards. The level above is told once the one below has answered.
    """
    if level <= start:
        raise NotThisLevel(why="不用报给本级", why_en="one's own level is not told")
    if level in told:
        raise NotThisLevel(why="这一级已经报过", why_en="this level knows already")
    if level in owed(start=start, told=told) or emergency:
        return
    below = Level(level - 1)
    if below > start and below not in told:
        raise NotThisLevel(why="越过了一级，又不紧急", why_en="a level would be skipped without an emergency")
    if below > start and below not in seen:
        raise NotThisLevel(why="上一步还没有答复", why_en="the level below has not answered yet")


def may_close(*, start: Level, told: Collection[Level], seen: Collection[Level]) -> None:
    """A matter ends once no skipped level is owed and the highest one told has answered. Raises NotThisLevel."""
    if owed(start=start, told=told):
        raise NotThisLevel(why="还要补报越过的一级", why_en="a skipped level has to be told first")
    if start < _TOP and (not told or max(told) not in seen):
        raise NotThisLevel(why="上级还没有答复", why_en="whoever was told has not answered yet")
