"""What escalation hands out, and its refusals."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum, StrEnum

from onehall.foundation.refusals import Refusal


class Level(IntEnum):
    """Who hears of a matter: the hall's staff, its manager, the department above."""

    STAFF = 0
    MANAGER = 1
    DEPARTMENT = 2


class Kind(StrEnum):
    """What is to be reported (ESC-01), a customer's favour included (ORG-11)."""

    MARKET = "market"
    LEAK = "leak"
    ERROR = "error"
    DANGER = "danger"
    BEYOND = "beyond"
    FAVOUR = "favour"


@dataclass(frozen=True, slots=True)
class Matter:
    """A matter as it stands. `start` is the reporter's own level, `told` the levels that were told, `seen` those that answered."""

    id: int
    hall_id: int
    kind: Kind
    what: str
    emergency: bool
    start: Level
    by: str
    by_user: int
    at: datetime
    told: tuple[Level, ...]
    seen: tuple[Level, ...]
    outcome: str
    closed_by: str
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Told:
    """One level that was told: by whom and when, and what it answered."""

    level: Level
    by: str
    at: datetime
    seen_by: str
    seen_at: datetime | None
    note: str


@dataclass(frozen=True, slots=True)
class Instruction:
    """What somebody above said, in full, and how far it is."""

    id: int
    hall_id: int
    from_whom: str
    words: str
    received_at: datetime
    recorded_by: str
    due_on: date
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class Note:
    """A step towards an instruction's end."""

    words: str
    done: bool
    by: str
    at: datetime


class NotThisLevel(Refusal):
    """A level is skipped without an emergency, or told twice, or a step is not this person's."""

    code = "escalation.not_this_level"
    rule = "ESC-01"
    zh = "现在不能这样办：{why}。"
    en = "Not like this: {why_en}."
    alternative_zh = "逐级上报；紧急时勾“紧急”可以越级，事后要补报越过的一级。"
    alternative_en = "One level at a time; an emergency may skip one, which is told afterwards."


class NothingSaid(Refusal):
    """Words or a day are missing."""

    code = "escalation.nothing_said"
    rule = "ESC-02"
    status = 400
    zh = "没有记下：{why}。"
    en = "It was not recorded: {why_en}."
    alternative_zh = "请补齐后再提交，填写的内容还在。"
    alternative_en = "Complete it and send it again; what you typed is kept."


class AlreadyDone(Refusal):
    """What is done stays as it is."""

    code = "escalation.already_done"
    rule = "ESC-02"
    zh = "已经办结，不能再改。"
    en = "It is done; nothing can be added."
    alternative_zh = "有新的情况，请另记一条。"
    alternative_en = "Record what is new as another one."


class ActivityRefused(Refusal):
    """An activity that cannot be asked for like this."""

    code = "escalation.activity_refused"
    rule = "ESC-03"
    status = 400
    zh = "活动没有申请：{why}。"
    en = "The activity was not asked for: {why_en}."
    alternative_zh = "请改时间再申请；来不及的，当面请示上级。"
    alternative_en = "Choose another time; if it cannot wait, ask your superior in person."
