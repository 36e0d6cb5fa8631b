"""What organisation hands out, and its refusals."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from onehall.foundation.refusals import Refusal
from onehall.foundation.values.ids import CounterId, HallId, PersonId, RegionId, UserId
from onehall.foundation.values.text import Text

EVERY_BUSINESS = "*"
"""The capability of a general counter."""


@dataclass(frozen=True, slots=True)
class Operator:
    """The one operator of this database; codes are those of the telephone network (country 86, area 029)."""

    code: str
    name: Text
    country_code: str
    area_code: str
    postcode: str
    time_zone: str
    building_digits: int
    unit_digits: int
    room_digits: int


@dataclass(frozen=True, slots=True)
class Region:
    """A branch or county (分公司/县)."""

    id: RegionId
    code: str
    name: Text


@dataclass(frozen=True, slots=True)
class Hall:
    """A service hall; `formal_name` is printed on papers, `compounds` are the codes it serves first."""

    id: HallId
    code: str
    region_id: RegionId
    name: Text
    formal_name: Text
    phone: str
    address: Text
    hours: str
    compounds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Counter:
    """A counter (台席) and the kinds of business it can finish. `online_clerk` is the service account that serves customers there."""

    id: CounterId
    hall_id: HallId
    no: str
    name: Text
    capabilities: tuple[str, ...]
    online_clerk: UserId | None = None

    @property
    def is_general(self) -> bool:
        """Whether every kind of business can be finished here."""
        return EVERY_BUSINESS in self.capabilities


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who issues a paper: operator, hall and counter as papers name them."""

    operator: Text
    hall: Text
    phone: str
    address: Text
    counter_no: str


@dataclass(frozen=True, slots=True)
class Department:
    """归属经营部 of an installation order, with the project manager who signs for it (WRK-01, WRK-02) and their login."""

    id: int
    code: str
    name: Text
    compounds: tuple[str, ...]
    project_manager: PersonId | None
    project_manager_user: UserId | None


@dataclass(frozen=True, slots=True)
class Post:
    """A role held in a hall; `hall_id` None is every hall."""

    role: str
    hall_id: HallId | None


@dataclass(frozen=True, slots=True)
class Person:
    """Someone at work; `user_id` None has no login (ORG-03)."""

    id: PersonId
    staff_no: str
    name: str
    user_id: UserId | None
    posts: tuple[Post, ...]

    def holds(self, role: str, hall_id: int) -> bool:
        """Whether the person holds this role in this hall or everywhere."""
        return any(post.role == role and post.hall_id in (None, hall_id) for post in self.posts)


@dataclass(frozen=True, slots=True)
class DirectoryEntry:
    """A number to call or fax (ORG-07); `purpose` is a code screens ask for: own, fax, fault, test_desk, …"""

    purpose: str
    name: Text
    number: str
    remark: Text | None


DayKind = StrEnum("DayKind", {"HOLIDAY": "holiday", "WORKDAY": "workday", "ORDINARY": "ordinary"})
"""A day off, a weekend day that is worked, or neither: whatever was said of the day before is taken back (LAW-34)."""


@dataclass(frozen=True, slots=True)
class DayWord:
    """What somebody said of a day; `hall_id` None for every hall, `hours` None where opening hours stay, "" where it is closed."""

    day: date
    kind: DayKind
    name: str
    hours: str | None
    hall_id: HallId | None = None
    reason: str = ""
    by: UserId | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class OpeningWord:
    """When a hall opens on these weekdays (0 is Monday) from `first_day` to `last_day`, for good where it is None."""

    weekdays: tuple[int, ...]
    first_day: date
    last_day: date | None
    hours: str
    reason: str = ""
    by: UserId | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class HallCalendar:
    """All that was said, the oldest first; `usual` are the hours of the profile."""

    usual: str
    days: tuple[DayWord, ...]
    openings: tuple[OpeningWord, ...]


@dataclass(frozen=True, slots=True)
class DayPlan:
    """A day as it stands: whether it counts as a working day, what it is called, when the hall opens ("": not at all)."""

    day: date
    works: bool
    name: str
    hours: str


class CalendarRefused(Refusal):
    """A day or opening hours that cannot be set like this."""

    code = "organisation.calendar_refused"
    rule = "LAW-34"
    status = 400
    zh = "日历没有改：{why}。"
    en = "The calendar was not changed: {why_en}."
    alternative_zh = "请改好再保存；填的内容还在。"
    alternative_en = "Mend it and save again; what you typed is still there."


class CounterLacksCapability(Refusal):
    """The counter cannot finish this kind of business (ORD-01)."""

    code = "organisation.counter_lacks_capability"
    rule = "ORD-01"
    zh = "{counter}号台席不办理：{missing}。"
    en = "Counter {counter} does not handle: {missing_en}."
    alternative_zh = "请引导客户到 {elsewhere} 号台席，一次办完。"
    alternative_en = "Lead the customer to counter {elsewhere_en}, where everything is done at once."
