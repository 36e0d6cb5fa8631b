"""What nobody needs goes, and nothing else (SEC-07: retention periods are policies)."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from onehall.foundation.database import fetch_all, transaction
from onehall.foundation.idempotency import once
from onehall.foundation.identity.models import Session
from onehall.foundation.identity.services import end_session
from onehall.foundation.sheetreader import Limits, read_sheet
from onehall.journeys.stage_register import stage_register
from onehall.runs.forget_old_rows import forget_old_rows
from tests.cast import Cast, count
from tests.registers import row, xlsx


@pytest.mark.rule("SEC-07")
def test_ended_sessions_and_old_intents_go_after_their_time_and_open_ones_stay(real_cast: Cast) -> None:
    left = real_cast.sign_in("0211", counter="2")
    stays = real_cast.sign_in("0213", counter="3")
    assert left.session_id is not None
    with transaction():
        end_session(session_id=left.session_id, why="signed_out", at=real_cast.now)
        once(key=uuid4(), journey="test", by=stays, body={}, at=real_cast.now)
    forget_old_rows(at=real_cast.now + timedelta(days=6))
    assert count("idempotency_intent") == 1
    forget_old_rows(at=real_cast.now + timedelta(days=8))
    assert count("idempotency_intent") == 0
    assert Session.objects.count() == 2
    forget_old_rows(at=real_cast.now + timedelta(days=181))
    assert [one.pk for one in Session.objects.all()] == [stays.session_id]


@pytest.mark.rule("SEC-07")
def test_a_file_that_was_only_tried_goes_after_a_week(real_cast: Cast) -> None:
    sheet = read_sheet(xlsx([row("602")]), name="登记.xlsx", limits=Limits(2**20, 2**24, 200, 100))
    by = real_cast.sign_in("0201", counter=None)
    stage_register(sheet=sheet, content=b"kept", form="broadband", by=by, at=real_cast.now)
    forget_old_rows(at=real_cast.now + timedelta(days=6))
    assert count("registers_upload") == 1
    forget_old_rows(at=real_cast.now + timedelta(days=8))
    assert count("registers_upload") == 0


def certificates() -> list[dict[str, Any]]:
    rows = fetch_all("select details from audit_auditentry where action = 'rows.deleted' order by id")
    return [row["details"] for row in rows]


@pytest.mark.rule("REC-02", "SEC-07")
def test_each_run_that_deletes_certifies_what_how_many_and_up_to_when_in_one_line(real_cast: Cast) -> None:
    stays = real_cast.sign_in("0213", counter="3")
    left = real_cast.sign_in("0211", counter="2")
    assert left.session_id is not None
    with transaction():
        end_session(session_id=left.session_id, why="signed_out", at=real_cast.now)
        for _ in range(3):
            once(key=uuid4(), journey="test", by=stays, body={}, at=real_cast.now)
    forget_old_rows(at=real_cast.now + timedelta(days=6))
    assert certificates() == [], "nothing went, nothing is certified"
    week = real_cast.now + timedelta(days=8)
    forget_old_rows(at=week)
    (line,) = certificates()
    assert line["intents"]["rows"] == 3 and "sessions" not in line
    assert week - timedelta(days=8) < datetime.fromisoformat(line["intents"]["before"]) < week
    forget_old_rows(at=real_cast.now + timedelta(days=181))
    assert certificates()[1]["sessions"]["rows"] == 1
    forget_old_rows(at=real_cast.now + timedelta(days=181))
    assert len(certificates()) == 2


@pytest.mark.rule("REC-02")
def test_what_is_deleted_without_its_certificate_does_not_go(
    real_cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    by = real_cast.sign_in("0213", counter="3")
    with transaction():
        once(key=uuid4(), journey="test", by=by, body={}, at=real_cast.now)

    def fails(**_: Any) -> None:
        raise RuntimeError("the trail is not writable")

    monkeypatch.setattr("onehall.runs.forget_old_rows.record", fails)
    with pytest.raises(RuntimeError):
        forget_old_rows(at=real_cast.now + timedelta(days=8))
    assert count("idempotency_intent") == 1
