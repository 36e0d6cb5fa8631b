"""移机 Where a line may be taken: inside the compound, to a dwelling that nobody has (CHG-04, FEE-01)."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onehall.contexts.subscriptions.contracts import Ending, EndingKind
from onehall.contexts.subscriptions.rules import MoveGiven, NotMovable, check_move
from onehall.foundation.values.ids import PremisesId
from onehall.foundation.values.period import CHINA

NOW = datetime(2026, 12, 20, 10, tzinfo=CHINA)
THERE: dict[str, Any] = {
    "from_dwelling": PremisesId(1), "from_compound": "dw", "to_dwelling": PremisesId(2), "to_compound": "dw",
    "to_label": "馨苑 1-2-601", "taken": False,
}  # fmt: skip
HERE: dict[str, Any] = {"paid_until": NOW + timedelta(days=100), "ending": None, "open_work": ""}


def moved(there: dict[str, Any] | None, **here: Any) -> None:
    given_ = MoveGiven(**{**THERE, **there}) if there is not None else None
    check_move(account="dw0120502", given=given_, at=NOW, **{**HERE, **here})


def refused(there: dict[str, Any] | None, **here: Any) -> NotMovable:
    with pytest.raises(NotMovable) as no:
        moved(there, **here)
    assert no.value.rule == "CHG-04" and no.value.sentence("zh") and no.value.sentence("en")
    return no.value


@pytest.mark.rule("CHG-04", "FEE-01")
@given(start=st.sampled_from(["dw", "qj", "rq"]), end=st.sampled_from(["dw", "qj", "rq"]), home=st.integers(1, 9),
       to=st.integers(1, 9), taken=st.booleans())  # fmt: skip
def test_only_inside_the_compound_to_another_dwelling_that_is_free(
    start: str, end: str, home: int, to: int, taken: bool
) -> None:
    there = {
        "from_compound": start,
        "to_compound": end,
        "from_dwelling": home,
        "to_dwelling": to,
        "taken": taken,
    }
    if start == end and home != to and not taken:
        moved(there)
    else:
        assert refused(there).field == "address"


@pytest.mark.rule("CHG-04")
def test_another_compound_is_refused_with_what_to_do_instead() -> None:
    no = refused({"to_compound": "qj", "to_label": "曲江观邸 3-1-201"})
    assert "曲江观邸 3-1-201" in no.sentence("zh") and "新装" in no.facts["instead_zh"]


@pytest.mark.rule("CHG-04")
@pytest.mark.parametrize("paid", [None, NOW, NOW - timedelta(seconds=1)])
def test_what_is_not_paid_for_is_renewed_first(paid: datetime | None) -> None:
    assert "到期" in refused(None, paid_until=paid).facts["why"]
    moved({}, paid_until=NOW + timedelta(seconds=1))


@pytest.mark.rule("CHG-04")
def test_not_while_a_visit_is_under_way_or_the_end_is_booked() -> None:
    assert "DW20261123001" in refused({}, open_work="DW20261123001").sentence("zh")
    ends = Ending(EndingKind.AT_EXPIRY, "搬家", NOW, NOW + timedelta(days=100))
    assert "撤销" in refused(None, ending=ends).facts["instead_zh"]
