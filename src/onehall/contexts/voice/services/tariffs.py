"""Plans, prices and prefixes, from a moment on; a correction is one more row."""

from collections.abc import Mapping
from datetime import datetime

from onehall.contexts.voice.models import Prefix, Price, Tariff
from onehall.contexts.voice.rules import Plan
from onehall.foundation.database import in_transaction
from onehall.foundation.scopes import Actor


@in_transaction
def establish_plan(*, plan: Plan, valid_from: datetime, source: str, by: Actor | None, at: datetime) -> None:
    """What a plan costs from a moment on; what is so already is not written again (CAT-05)."""
    stamp = {"source": source, "by_id": by.user_id if by else None, "at": at}
    fees = {"name_zh": plan.name_zh, "name_en": plan.name_en, "rent": plan.rent, "caller_id": plan.caller_id}
    held = Tariff.objects.filter(plan=plan.code, valid_from=valid_from).order_by("-pk").first()
    if held is None or any(getattr(held, name) != value for name, value in fees.items()):
        Tariff.objects.create(plan=plan.code, valid_from=valid_from, **fees, **stamp)
    for kind, price in plan.prices:
        before = (
            Price.objects.filter(plan=plan.code, kind=kind, valid_from=valid_from).order_by("-pk").first()
        )
        if before is None or before.price != price:
            Price.objects.create(plan=plan.code, kind=kind, valid_from=valid_from, price=price, **stamp)


@in_transaction
def establish_prefixes(
    *, prefixes: Mapping[str, tuple[str, str]], valid_from: datetime, at: datetime
) -> None:
    """(class, place) of numbers that begin so, from a moment on; what is so already is not written again."""
    held: dict[str, tuple[str, str]] = {}
    for row in Prefix.objects.filter(valid_from=valid_from).order_by("pk"):
        held[row.prefix] = (row.kind, row.place)
    Prefix.objects.bulk_create(
        Prefix(prefix=prefix, kind=kind, place=place, valid_from=valid_from, at=at)
        for prefix, (kind, place) in prefixes.items()
        if held.get(prefix) != (kind, place)
    )
