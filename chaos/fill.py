"""Makes the hall: an embedded database with sixteen tills and customers in line, left shut down and complete.

A process of its own, for the hall's processes start the server themselves afterwards: `python -m chaos.fill FILE …`.
"""

import argparse
import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import django

from onehall.entrances.console import home

MANAGER = "0201"


def main() -> int:
    """Writes the tills (token, baskets, what each costs) to FILE. ONEHALL_HOME names the folder."""
    parser = argparse.ArgumentParser()
    parser.add_argument("file", type=Path)
    parser.add_argument("--baskets", type=int, default=16_000)
    parser.add_argument("--homes", type=int, default=7_500)
    wanted = parser.parse_args()
    home.prepare()
    django.setup()
    from bench.tills import HALL, open_hall
    from onehall.contexts.organisation import api as organisation
    from onehall.entrances.console import schema
    from onehall.foundation.profiles import load_profile
    from onehall.foundation.scopes import Scope
    from onehall.journeys.sign_in import sign_in

    home.establish()
    with home.database(ours=True) as url:
        schema.migrate()
        line = open_hall(url, baskets=wanted.baskets, homes=wanted.homes)
        hall = organisation.hall_by_code(HALL, scope=Scope.operator()).id
        manager = sign_in(
            staff_no=MANAGER, password=load_profile("dawei").demo_password, hall_id=hall, counter_id=None, at=datetime.now(UTC)
        ).token  # fmt: skip
    wanted.file.write_text(json.dumps({**asdict(line), "manager": manager}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
