"""The telephone part of a profile; may be repeated: what is there already stays as it is."""

from collections import defaultdict
from datetime import datetime

from onehall.contexts.voice import api as voice
from onehall.steps.profile import Setting


def establish_telephone(*, setting: Setting) -> None:
    """Plans with their prices, and dialled prefixes (CAT-05). An operator without telephones has none."""
    telephone = setting.profile.telephone
    if telephone is None:
        return
    for plan in telephone.plan:
        prices = tuple((kind, price.fen * voice.PER_FEN) for kind, price in plan.minute.items())
        voice.establish_plan(
            plan=voice.Plan(
                plan.code, plan.name.zh, plan.name.en, plan.rent.fen * voice.PER_FEN, plan.caller_id.fen * voice.PER_FEN, prices
            ),
            valid_from=setting.midnight(plan.valid_from), source=plan.source, **setting.stamp,
        )  # fmt: skip
    by_day: dict[datetime, dict[str, tuple[str, str]]] = defaultdict(dict)
    for row in telephone.dialled:
        by_day[setting.midnight(row.valid_from)][row.prefix] = (row.kind, row.place)
    for day, prefixes in by_day.items():
        voice.establish_prefixes(prefixes=prefixes, valid_from=day, at=setting.at)
