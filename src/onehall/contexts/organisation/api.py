"""The door of organisation."""

# ruff: noqa: I001 - packed
# fmt: off
from onehall.contexts.organisation.contracts import (
    EVERY_BUSINESS, CalendarRefused, Counter, CounterLacksCapability, DayKind, DayPlan, DayWord, Department, DirectoryEntry,
    Hall, HallCalendar, Issuer, OpeningWord, Operator, Person, Post, Region,
)
from onehall.contexts.organisation.queries import (
    calendar_of, counter, counters, department_of_compound, departments, directory, hall, hall_by_code, halls, issuer,
    online_counter, operator, people, person, person_of_user, plan_on, regions, require_capability, seat, seats, working_days,
)
from onehall.contexts.organisation.rules import (
    changed_days, check_days, check_opening, counters_for, missing_capabilities, plan_of, reasoned, tidy_hours, word_of, work_days,
)
from onehall.contexts.organisation.services import (
    establish_counter, establish_department, establish_directory, establish_hall, establish_online_counter, establish_operator,
    establish_person, establish_region, say_days, say_opening,
)

__all__ = [
    "EVERY_BUSINESS", "CalendarRefused", "Counter", "CounterLacksCapability", "DayKind", "DayPlan", "DayWord", "Department",
    "DirectoryEntry", "Hall", "HallCalendar", "Issuer", "OpeningWord", "Operator", "Person", "Post", "Region", "calendar_of",
    "changed_days", "check_days", "check_opening", "counter", "counters", "counters_for", "department_of_compound",
    "departments", "directory", "establish_counter", "establish_department", "establish_directory", "establish_hall",
    "establish_online_counter", "establish_operator", "establish_person", "establish_region", "hall", "hall_by_code", "halls", "issuer",
    "missing_capabilities", "online_counter", "operator", "people", "person", "person_of_user", "plan_of", "plan_on", "reasoned", "regions",
    "require_capability", "say_days", "say_opening", "seat", "seats", "tidy_hours", "word_of", "work_days", "working_days",
]
