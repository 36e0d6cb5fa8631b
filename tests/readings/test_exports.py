"""A long list leaves in batches: ten thousand rows whole and in order, in the memory of a few hundred (API-03)."""

import csv
import io
import tempfile
import tracemalloc

import pytest
import python_calamine

from onehall.foundation.scopes import NotFound, Scope
from onehall.readings.exports import LISTS, Asked, draft
from tests.cast import MORNING, Cast
from tests.readings.long_lists import register_many

MANY = 10_000


@pytest.fixture
def halls(cast: Cast) -> tuple[int, int]:
    """馨苑厅 and 曲江观邸厅."""
    return cast.sign_in("0201").hall_id, cast.sign_in("0301", hall="guandi").hall_id


@pytest.mark.rule("API-03", "SEC-10")
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_ten_thousand_rows_leave_in_order_and_in_little_memory(halls: tuple[int, int], kind: str) -> None:
    register_many(MANY, hall_id=halls[0])
    register_many(7, hall_id=halls[1])
    with tempfile.TemporaryFile() as file:
        tracemalloc.start()
        with draft(
            LISTS["customers"], Asked(kind, hall_id=halls[0]), file, scope=Scope.of(*halls), at_most=MANY
        ) as made:
            made.finish(serial="EX1", who="周敏", reason="试", at=MORNING)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        file.seek(0)
        rows = _read(file.read(), kind)
    assert made.rows == MANY and len(rows) == MANY + 1
    names = [row[1] for row in rows[1:]]
    assert names == [f"客户{n}" for n in range(1, MANY + 1)]
    assert peak < 12_000_000, f"{peak} bytes at once: the rows were gathered"


@pytest.mark.rule("SEC-04")
def test_beyond_what_is_allowed_nothing_is_written_but_all_is_counted(halls: tuple[int, int]) -> None:
    register_many(50, hall_id=halls[0])
    file = io.BytesIO()
    with draft(LISTS["customers"], Asked("csv"), file, scope=Scope.of(halls[0]), at_most=20) as made:
        assert made.rows == 50
    assert file.getvalue().decode("utf-8-sig").count("\n") == 21, "headings and what was allowed"


@pytest.mark.rule("SEC-10")
def test_a_hall_outside_the_scope_is_not_found(halls: tuple[int, int]) -> None:
    with (
        pytest.raises(NotFound),
        draft(LISTS["orders"], Asked(hall_id=halls[1]), io.BytesIO(), scope=Scope.of(halls[0]), at_most=1),
    ):
        pass


def _read(data: bytes, kind: str) -> list[list[object]]:
    if kind == "csv":
        return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))[:-1]
    return python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
