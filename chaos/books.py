"""What the product itself says of the day, for the proof: `python -m chaos.books`, a process of its own on the hall's folder, JSON out."""

import json
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import django

from onehall.entrances.console import home

_MOST = 100_000


def main() -> int:
    """The three-way match of each day, its differences, money to see to, and what bags and bank say to each other."""
    home.prepare()
    django.setup()
    home.establish()
    with home.database():
        json.dump(_told(), sys.stdout)
    return 0


def _told() -> dict[str, Any]:
    from bench.tills import HALL
    from onehall.contexts.acquiring import api as acquiring
    from onehall.contexts.banking import api as banking
    from onehall.contexts.organisation import api as organisation
    from onehall.foundation.scopes import Scope
    from onehall.foundation.values.period import day_of, local
    from onehall.readings.day_books import differences
    from onehall.readings.match_days import match_days

    scope, at = Scope.operator(), datetime.now(UTC)
    hall = organisation.hall_by_code(HALL, scope=scope).id
    today = local(at).date()
    spans = [day_of(today - timedelta(days=1)), day_of(today)]
    days = [day for span in spans for day in match_days(hall=hall, span=span, scope=scope)]
    found = banking.findings(hall, bank_days=1, today=today, scope=scope)
    return {
        "days": [{"day": f"{one.day}", "account": one.account.fen, "cash": one.cash.fen, "stubs": one.stubs.fen, "papers": one.papers} for one in days],
        "differences": [str(one) for span in spans for one in differences(hall=hall, span=span, limit=_MOST, scope=scope)],
        "to_see_to": [one.number for one in acquiring.charges_to_see_to(hall, limit=_MOST, scope=scope)],
        "bags": {one.bag.serial: one.verdict.value for one in found if one.bag},
        "unclaimed": [one.line.reference for one in found if one.line and not one.bag],
        "verdicts": Counter(one.verdict.value for one in found),
    }  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
