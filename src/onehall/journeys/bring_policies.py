"""升级带来的政策 A newer program reads policies that nobody set yet: their values come from the operator's profile."""

from dataclasses import replace
from datetime import datetime

from onehall.contexts.organisation import api as organisation
from onehall.foundation.audit import record
from onehall.foundation.database import transaction
from onehall.foundation.outbox import publish
from onehall.foundation.policy.services import missing_policies
from onehall.foundation.profiles import Profile
from onehall.foundation.scopes import Scope
from onehall.steps import profile as parts


def bring_policies(*, profile: Profile, at: datetime) -> list[str]:
    """Adds what is missing and touches nothing that has a value; which keys came. Every hall's trail says so."""
    with transaction():
        missing = missing_policies(at=at)
        values = tuple(value for value in profile.policies if value.key in missing)
        if not values:
            return []
        setting = parts.Setting(replace(profile, policies=values), None, at, demo=False)
        everywhere = Scope.operator()
        halls = {hall.code: hall.id for hall in organisation.halls(scope=everywhere)}
        regions = {region.code: region.id for region in organisation.regions(scope=everywhere)}
        parts.establish_policies(setting=setting, places=parts.Places(regions, halls, {}))
        keys = sorted({value.key for value in values})
        for hall_id in halls.values():
            record(
                action="policy.brought", subject="profile", subject_id=profile.code, hall_id=hall_id, by=None, at=at,
                details={"keys": keys},
            )  # fmt: skip
            publish(topic="policy.changed", hall_id=hall_id, at=at, payload={"keys": keys})
    return keys
