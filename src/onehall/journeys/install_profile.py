"""Setting up an operator from its profile.

One folder of TOML and CSV brings places, people, policies, households, accounts, books and offerings. All of it or none:
a profile with a mistake changes nothing. Installing it again changes nothing either; installing an edited one brings the
rows up to date, adds the new policy values and prices beside the old, and never rewrites what was sold.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from onehall.foundation import audit
from onehall.foundation.database import transaction
from onehall.foundation.profiles import load_profile
from onehall.foundation.scopes import Actor
from onehall.foundation.values.ids import HallId
from onehall.steps import profile as parts
from onehall.steps.profile_counters import establish_books, establish_online
from onehall.steps.telephone_profile import establish_telephone


@dataclass(frozen=True, slots=True)
class Installed:
    """What stands now: ids of the halls by code, and how much of it is new."""

    profile: str
    halls: dict[str, HallId]
    people: int
    offerings: int
    premises_added: int
    policies_added: int


def install_profile(*, profile: Path | str, by: Actor | None, at: datetime, demo: bool) -> Installed:
    """Installs a shipped profile by code, or a folder. `by` is None for set-up; `demo` gives logins the demo's password.

    Raises ProfileInvalid with every mistake of the files, and the rooms' refusals where sold content would change.
    """
    setting = parts.Setting(load_profile(profile), by, at, demo)
    with transaction():
        places = parts.establish_places(setting=setting)
        people = parts.establish_staff(setting=setting, places=places)
        policies = parts.establish_policies(setting=setting, places=places)
        premises = parts.establish_households(setting=setting)
        parts.establish_money(setting=setting)
        establish_online(setting=setting, places=places, people=people)
        establish_books(setting=setting, places=places)
        parts.establish_materials(setting=setting)
        parts.establish_offerings(setting=setting)
        establish_telephone(setting=setting)
        installed = Installed(
            profile=setting.profile.code,
            halls=places.halls,
            people=len(people),
            offerings=len(setting.profile.offerings),
            premises_added=premises,
            policies_added=policies,
        )
        _record(installed, by=by, at=at)
    return installed


def _record(installed: Installed, *, by: Actor | None, at: datetime) -> None:
    details = {"premises_added": installed.premises_added, "policies_added": installed.policies_added}
    for hall_id in installed.halls.values():
        audit.record(
            action="profile.installed",
            subject="profile",
            subject_id=installed.profile,
            hall_id=hall_id,
            by=by,
            at=at,
            rule="ORG-01",
            details=details,
        )
