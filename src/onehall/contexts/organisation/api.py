"""The door of organisation."""

from onehall.contexts.organisation.contracts import (
    EVERY_BUSINESS,
    Counter,
    CounterLacksCapability,
    Department,
    DirectoryEntry,
    Hall,
    Issuer,
    Operator,
    Person,
    Post,
    Region,
)
from onehall.contexts.organisation.queries import (
    counter,
    counters,
    department_of_compound,
    departments,
    directory,
    hall,
    hall_by_code,
    halls,
    issuer,
    operator,
    people,
    person,
    person_of_user,
    regions,
    require_capability,
)
from onehall.contexts.organisation.rules import counters_for, missing_capabilities
from onehall.contexts.organisation.services import (
    establish_counter,
    establish_department,
    establish_directory,
    establish_hall,
    establish_operator,
    establish_person,
    establish_region,
)

__all__ = [
    "EVERY_BUSINESS", "Counter", "CounterLacksCapability", "Department", "DirectoryEntry", "Hall", "Issuer",
    "Operator", "Person", "Post", "Region", "counter", "counters", "counters_for", "department_of_compound",
    "departments", "directory", "establish_counter", "establish_department", "establish_directory",
    "establish_hall", "establish_operator", "establish_person", "establish_region", "hall", "hall_by_code",
    "halls", "issuer", "missing_capabilities", "operator", "people", "person", "person_of_user", "regions",
    "require_capability",
]  # fmt: skip
