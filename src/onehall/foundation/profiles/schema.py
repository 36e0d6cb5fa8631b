"""The shape of a profile. Field names are the keys of its files; codes refer to each other, ids come later."""

import datetime as dt  # noqa: I001 - packed
from dataclasses import dataclass
from typing import Any, Literal

from onehall.foundation.profiles.offered_lines import CashRole, NumberRange, OfferedLine, OfferingKind, Principal  # fmt: skip
from onehall.foundation.profiles.story import Story
from onehall.foundation.profiles.telephone import Telephone
from onehall.foundation.values.money import Money
from onehall.foundation.values.text import Text


@dataclass(frozen=True, slots=True)
class AccountName:
    """How an account name is put together from compound code, building, unit and room (ADR-02)."""

    building_digits: int
    unit_digits: int
    room_digits: int


@dataclass(frozen=True, slots=True)
class Operator:
    """operator.toml. `valid_from` is the day from which policies and prices hold unless they say otherwise."""

    code: str
    name: Text
    time_zone: str
    country_code: str
    area_code: str
    postcode: str
    valid_from: dt.date
    account_name: AccountName


@dataclass(frozen=True, slots=True)
class Region:
    """A branch or county (分公司/县)."""

    code: str
    name: Text


@dataclass(frozen=True, slots=True)
class Hall:
    """A service hall (营业厅) and the compounds it serves first."""

    code: str
    region: str
    name: Text
    formal_name: Text
    phone: str
    address: Text
    hours: str
    compounds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Counter:
    """A counter (台席). `capabilities` are kinds of business; "*" is a general counter (ORD-01). `online`: who serves it, no person."""

    hall: str
    no: str
    name: Text
    capabilities: tuple[str, ...]
    online: str = ""


@dataclass(frozen=True, slots=True)
class Department:
    """归属经营部 of an installation order: who takes the work of these compounds (WRK-01)."""

    code: str
    region: str
    name: Text
    compounds: tuple[str, ...]
    project_manager: str


@dataclass(frozen=True, slots=True)
class DirectoryEntry:
    """A line of a hall's directory (ORG-07); `hall` empty is every hall."""

    purpose: str
    name: Text
    number: str
    hall: str = ""
    remark: Text | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """A role held in a hall; without a hall it is held in every hall (headquarters)."""

    role: str
    hall: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """A person at work. Without `sign_in` there is no login (ORG-03: guards and cleaners)."""

    staff_no: str
    name: str
    posts: tuple[Post, ...]
    sign_in: bool = True


@dataclass(frozen=True, slots=True)
class Role:
    """A named set of permissions (ORG-06)."""

    code: str
    name: Text
    permissions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Compound:
    """compounds.csv: a compound (小区) with the code its accounts and serials begin with and the line sources it offers."""

    code: str
    name: Text
    hall: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dwelling:
    """One dwelling of premises.csv, expanded from the ranges."""

    compound: str
    building: str
    unit: str
    room: str


@dataclass(frozen=True, slots=True)
class Account:
    """A ledger account; `means` names the means of payment whose money it holds, `role` its part on cash's way, "" for none."""

    code: str
    name: Text
    kind: Literal["asset", "liability", "revenue", "expense"]
    means: str = ""
    role: CashRole = ""


@dataclass(frozen=True, slots=True)
class PriceChange:
    """From this day on the offering costs this much; what was sold before keeps its price (CAT-01)."""

    valid_from: dt.date
    price: Money


@dataclass(frozen=True, slots=True)
class Sale:
    """What selling an offering as this kind of business brings along (CAT-10)."""

    business: str
    papers: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    eligibility: tuple[str, ...] = ()
    work_order: str = ""
    follow_up: bool = False


@dataclass(frozen=True, slots=True)
class Offering:
    """offerings.toml. A price is either here or, for a fee, the policy named by `price_policy`."""

    code: str
    kind: OfferingKind
    name: Text
    revenue_account: str
    sold_as: tuple[str, ...]
    price: Money | None = None
    price_policy: str = ""
    prices: tuple[PriceChange, ...] = ()
    term_months: int = 0
    down_kbps: int = 0
    up_kbps: int = 0
    network_profile: str = ""
    benefits: Text | None = None
    sources: tuple[str, ...] = ()
    compounds: tuple[str, ...] = ()
    line: OfferedLine | None = None
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None


@dataclass(frozen=True, slots=True)
class PolicyValue:
    """A value of a policy key, by operator unless a region or hall is named; money is a text in yuan."""

    key: str
    value: Any
    source: str
    verified: bool
    region: str = ""
    hall: str = ""
    valid_from: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Prefix:
    """Whose line an account name or telephone number is: the longest prefix decides (ADR-03)."""

    kind: Literal["account", "telephone"]
    prefix: str
    source: str
    name: Text


@dataclass(frozen=True, slots=True)
class Book:
    """A book of numbered papers at a counter; `first` fixes how many digits are printed."""

    kind: str
    hall: str
    counter: str
    first: str
    last: str
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class Material:
    """What installers use; up to `free` a visit is supplied, the rest is the customer's own (FEE-02)."""

    code: str
    name: Text
    unit: Text
    free: int


@dataclass(frozen=True, slots=True)
class Form:
    """A printed paper: its title, size and copies."""

    code: str
    title: Text
    paper: Literal["80mm", "A5", "A4"]
    copies: int
    terms: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """客户须知: versioned, printed with the order; the version signed stays findable (ORD-14)."""

    code: str
    version: str
    title: Text
    clauses: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Script:
    """A card of what to say, line by line; `{…}` are filled in by the screen."""

    code: str
    title: Text
    lines: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """One operator, complete and checked."""

    code: str
    operator: Operator
    regions: tuple[Region, ...]
    halls: tuple[Hall, ...]
    counters: tuple[Counter, ...]
    departments: tuple[Department, ...]
    directory: tuple[DirectoryEntry, ...]
    people: tuple[Person, ...]
    demo_password: str
    roles: tuple[Role, ...]
    compounds: tuple[Compound, ...]
    dwellings: tuple[Dwelling, ...]
    accounts: tuple[Account, ...]
    sales: dict[str, Sale]
    offerings: tuple[Offering, ...]
    policies: tuple[PolicyValue, ...]
    prefixes: tuple[Prefix, ...]
    ranges: tuple[NumberRange, ...]
    books: tuple[Book, ...]
    materials: tuple[Material, ...]
    forms: tuple[Form, ...]
    terms: tuple[Terms, ...]
    scripts: tuple[Script, ...]
    phrases: dict[str, Text]
    papers: dict[str, Text]
    story: Story | None
    telephone: Telephone | None = None
    principals: tuple[Principal, ...] = ()
