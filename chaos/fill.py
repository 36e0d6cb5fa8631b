"""Makes the hall: an embedded database with sixteen tills and customers in line, left shut down and complete.

A process of its own, for the hall's processes start the server themselves afterwards: `python -m chaos.fill FILE …`.
"""

import argparse
import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path

import django
from django.conf import settings

from onehall.entrances.console import home
from onehall.foundation.values.period import CHINA

MANAGER, AUDITOR = "0201", "0241"
_MONTHS = 24
_QUICK = "django.contrib.auth.hashers.MD5PasswordHasher"
"""Whoever works here is signed in already: nobody is asked for a password while things are killed."""
POLICIES = {
    "payment.means": ["cash", "wechat", "alipay", "card", "transfer", "prepaid", "recharge_card"],
    "acquiring.answer_seconds": 1,
    "acquiring.query_seconds": 1,
    "acquiring.charge_minutes": 1,
}
"""Everything is taken, and nobody waits long; the order of what happens is the same."""


def main() -> int:
    """Writes the tills (token, baskets, what each costs) to FILE. ONEHALL_HOME names the folder."""
    parser = argparse.ArgumentParser()
    parser.add_argument("file", type=Path)
    parser.add_argument("--baskets", type=int, default=16_000)
    parser.add_argument("--homes", type=int, default=7_500)
    parser.add_argument("--tills", type=int, default=16)
    wanted = parser.parse_args()
    home.prepare()
    django.setup()
    settings.PASSWORD_HASHERS = [_QUICK]
    from bench.tills import FIRST, HALL, open_hall
    from onehall.contexts.organisation import api as organisation
    from onehall.entrances.console import schema
    from onehall.foundation.database import transaction
    from onehall.foundation.policy.services import establish_value
    from onehall.foundation.profiles import load_profile
    from onehall.foundation.scopes import Scope
    from onehall.journeys.sign_in import sign_in

    home.establish()
    with home.database(ours=True) as url:
        schema.migrate()
        line = open_hall(url, baskets=wanted.baskets, homes=wanted.homes, tills=wanted.tills)
        hall = organisation.hall_by_code(HALL, scope=Scope.operator()).id
        at, password = datetime.now(UTC), load_profile("dawei").demo_password
        with transaction():
            for key, value in POLICIES.items():
                establish_value(
                    key=key,
                    value=value,
                    valid_from=at - timedelta(days=1),
                    source="chaos",
                    verified=True,
                    at=at,
                )
        people = {
            who: sign_in(staff_no=number, password=password, hall_id=hall, counter_id=None, at=at).token
            for who, number in (("manager", MANAGER), ("auditor", AUDITOR))
        }  # fmt: skip
    homes, told = wanted.homes, asdict(line)
    seats = [f"B{number:02}" for number in range(wanted.tills)]
    for till in told["tills"]:
        till["parties"] = [
            (FIRST + 1 + (one - FIRST) % homes, one - FIRST < homes) for one in till["baskets"]
        ]
    wanted.file.write_text(json.dumps({**told, **people, "seats": seats, "months": _months(at)}))
    return 0


def _months(at: datetime) -> list[str]:
    """The first days of the months that are over, the oldest first."""
    first, found = at.astimezone(CHINA).date().replace(day=1), []
    for _ in range(_MONTHS):
        first = (first - timedelta(days=1)).replace(day=1)
        found.append(f"{first}")
    return found[::-1]


if __name__ == "__main__":
    sys.exit(main())
