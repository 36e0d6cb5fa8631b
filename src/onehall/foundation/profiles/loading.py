"""A folder as a `Profile`: files read, shapes checked, references between files checked."""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from onehall.foundation.profiles import schema
from onehall.foundation.profiles.checking import check
from onehall.foundation.profiles.offered_lines import NumberRange
from onehall.foundation.profiles.problems import Findings
from onehall.foundation.profiles.schema import Profile
from onehall.foundation.profiles.story import Story
from onehall.foundation.profiles.structure import Faulty, Structurer
from onehall.foundation.profiles.tables import read_compounds, read_premises
from onehall.foundation.profiles.telephone import Telephone
from onehall.foundation.values.text import Text

SHIPPED = Path(__file__).resolve().parents[2] / "profiles"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _OperatorFile:
    operator: schema.Operator


@dataclass(frozen=True, slots=True)
class _OrganisationFile:
    region: tuple[schema.Region, ...]
    hall: tuple[schema.Hall, ...]
    counter: tuple[schema.Counter, ...]
    department: tuple[schema.Department, ...]
    directory: tuple[schema.DirectoryEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class _Demo:
    password: str


@dataclass(frozen=True, slots=True)
class _StaffFile:
    person: tuple[schema.Person, ...]
    demo: _Demo | None = None


@dataclass(frozen=True, slots=True)
class _RolesFile:
    role: tuple[schema.Role, ...]


@dataclass(frozen=True, slots=True)
class _AccountsFile:
    account: tuple[schema.Account, ...]


@dataclass(frozen=True, slots=True)
class _OfferingsFile:
    offering: tuple[schema.Offering, ...]
    sale: dict[str, schema.Sale]
    principal: tuple[schema.Principal, ...] = ()


@dataclass(frozen=True, slots=True)
class _PoliciesFile:
    value: tuple[schema.PolicyValue, ...]


@dataclass(frozen=True, slots=True)
class _NumbersFile:
    prefix: tuple[schema.Prefix, ...]
    book: tuple[schema.Book, ...]
    range: tuple[NumberRange, ...] = ()


@dataclass(frozen=True, slots=True)
class _MaterialsFile:
    material: tuple[schema.Material, ...]


@dataclass(frozen=True, slots=True)
class _FormsFile:
    form: tuple[schema.Form, ...]
    paper: dict[str, Text] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _WordingFile:
    terms: tuple[schema.Terms, ...]
    script: tuple[schema.Script, ...] = ()
    phrase: dict[str, Text] = field(default_factory=dict)


_FILES: dict[str, type] = {
    "operator.toml": _OperatorFile,
    "organisation.toml": _OrganisationFile,
    "staff.toml": _StaffFile,
    "roles.toml": _RolesFile,
    "accounts.toml": _AccountsFile,
    "offerings.toml": _OfferingsFile,
    "policies.toml": _PoliciesFile,
    "numbers.toml": _NumbersFile,
    "materials.toml": _MaterialsFile,
    "forms.toml": _FormsFile,
    "wording.toml": _WordingFile,
}


def known_profiles() -> tuple[str, ...]:
    """The codes of the profiles that are shipped."""
    return tuple(sorted(path.parent.name for path in SHIPPED.glob("*/operator.toml")))


def load_profile(profile: Path | str) -> Profile:
    """A shipped profile by its code, or any folder. Raises `ProfileInvalid` with every mistake; writes nothing."""
    folder = SHIPPED / profile if isinstance(profile, str) and "/" not in profile else Path(profile)
    findings = Findings()
    if not folder.is_dir():
        listed = "、".join(known_profiles())
        findings.add(
            str(profile), "", f"没有这个配置包；现有：{listed}", f"no such profile; there are: {listed}"
        )
    findings.refuse_if_any(folder.name)
    files: dict[str, Any] = {name: _read(folder / name, shape, findings) for name, shape in _FILES.items()}
    compounds = read_compounds(folder / "compounds.csv", findings)
    dwellings = read_premises(folder / "premises.csv", compounds, findings)
    story = _read(folder / "demo.toml", Story, findings) if (folder / "demo.toml").is_file() else None
    telephone = folder / "telephone.toml"
    files[telephone.name] = _read(telephone, Telephone, findings) if telephone.is_file() else None
    findings.refuse_if_any(folder.name)
    found = _assembled(folder.name, files, compounds, dwellings, story)
    check(found, findings)
    findings.refuse_if_any(folder.name)
    return found


def _read(path: Path, shape: type[T], findings: Findings) -> T | None:
    if not path.is_file():
        findings.add(path.name, "", "缺少这个文件", "this file is missing")
        return None
    try:
        parsed = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        findings.add(path.name, "", f"不是有效的 TOML：{error}", f"not valid TOML: {error}")
        return None
    try:
        return Structurer(path.name, findings).record(shape, parsed, "")
    except Faulty:
        return None


def _assembled(
    code: str, files: dict[str, Any], compounds: Any, dwellings: Any, story: Story | None
) -> Profile:
    organisation, staff = files["organisation.toml"], files["staff.toml"]
    offerings, numbers = files["offerings.toml"], files["numbers.toml"]
    forms, wording = files["forms.toml"], files["wording.toml"]
    return Profile(
        code=code, operator=files["operator.toml"].operator, regions=organisation.region, halls=organisation.hall,
        counters=organisation.counter, departments=organisation.department, directory=organisation.directory,
        people=staff.person, demo_password=staff.demo.password if staff.demo else "", roles=files["roles.toml"].role,
        compounds=compounds, dwellings=dwellings, accounts=files["accounts.toml"].account, sales=offerings.sale,
        offerings=offerings.offering, policies=files["policies.toml"].value, prefixes=numbers.prefix,
        ranges=numbers.range, books=numbers.book, materials=files["materials.toml"].material, forms=forms.form, terms=wording.terms, scripts=wording.script, phrases=wording.phrase,
        papers=forms.paper, story=story, telephone=files["telephone.toml"], principals=offerings.principal,
    )  # fmt: skip
