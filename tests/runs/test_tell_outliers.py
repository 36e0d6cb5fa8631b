"""A month that cost far more than the months before is told to its customer once, when its bills stand (LAW-12, BIL-06)."""

from datetime import timedelta

import pytest

from onehall.foundation.notices.models import Notice
from onehall.foundation.scopes import Actor
from onehall.runs.rate_calls import rate_calls
from onehall.runs.tell_outliers import tell_outliers
from tests.cast import Cast
from tests.telephone import (
    LI_MIN,
    NOVEMBER,
    OCTOBER,
    WANG,
    accountant,
    approved,
    called,
    day,
    deliver,
    drafted,
    manager,
    opened,
)

__all__ = ["accountant", "manager"]


@pytest.mark.rule("LAW-12", "BIL-06")
def test_a_bill_far_above_the_usual_is_told_once_and_a_trial_is_not(
    cast: Cast, manager: Actor, accountant: Actor
) -> None:
    for number in (LI_MIN, WANG):
        opened(manager, number, plan="system default billingplan")
    usual = [called(number, "2026-10-05 10:00:00", 60 * 10) for number in (LI_MIN, WANG)]
    much = called(LI_MIN, "2026-11-05 10:00:00", 60 * 51)
    just = called(WANG, "2026-11-05 10:00:00", 60 * 50)
    deliver([*usual, much, just], at=day("2026-12-01"))
    rate_calls(at=day("2026-12-01"))
    approved(OCTOBER, manager, accountant, day("2026-12-01"))
    at = day("2026-12-01 09:00:00")
    assert tell_outliers(at=at) == 0, "the first month has none before it"
    drafted(NOVEMBER, manager, at)
    assert tell_outliers(at=at) == 0, "a trial is no bill"
    approved(NOVEMBER, manager, accountant, at)
    assert [tell_outliers(at=at + timedelta(hours=n)) for n in (1, 2)] == [1, 0]
    (told,) = Notice.objects.all()
    assert (
        told.kind == "phone_much" and f"{LI_MIN}2026-11话费5.10元" in told.text and "平均1.00元" in told.text
    )
    Notice.objects.all().delete()
    assert tell_outliers(at=at + timedelta(days=8)) == 0, "no news any more"
