"""王建国 looks at his calls in full on his own page: by the line's service password, never by the first one, never by guessing (ADR-05)."""

from typing import Any

import pytest

from onehall.contexts.provisioning import api as provisioning
from onehall.contexts.voice import api as voice
from onehall.foundation.database import transaction
from onehall.runs.rate_calls import rate_calls
from tests.cast import count
from tests.entrances.test_portal import OWN, Home, home, said
from tests.telephone import LI_MIN, called, deliver, opened

__all__ = ["home"]
SECRET, CALLEE = "270418", "01087654321"


@pytest.fixture
def line(home: Home) -> voice.Line:
    """His line with one call, and the first password of every line."""
    cast = home.cast
    found = opened(cast.clerk(drawer=False))
    deliver([called(LI_MIN, f"{cast.now:%Y-%m-%d} 08:00:00", 30, CALLEE)], at=cast.now)
    rate_calls(at=cast.now)
    home.sign_in()
    home.choose()
    return found


def chosen(home: Home, line: voice.Line, secret: str, *, must_change: bool = False) -> None:
    """What the hall set for the line."""
    wish = provisioning.TelephoneWish(
        number=LI_MIN, subscription_id=line.state.subscription_id, state=provisioning.TelephoneState.ACTIVE, international_out=True, international_in=True,
        caller_id=False, call_forward=False,
    )  # fmt: skip
    with transaction():
        provisioning.state_telephone(wish=wish, initial="888888", rounds=1000, at=home.cast.now)
        provisioning.set_service_password(
            number=LI_MIN, secret=secret, must_change=must_change, rounds=1000, at=home.cast.now
        )


def ask(home: Home, line: voice.Line, password: str, number: int = 0) -> Any:
    form = {"line": number or line.id, "month": f"{home.cast.now:%Y-%m}", "password": password}
    return home.client.post("/my/telephone/calls", form)


@pytest.mark.rule("ADR-05", "BIL-05", "SEC-05")
def test_with_the_service_password_the_numbers_called_are_shown_once_and_it_is_on_record(
    home: Home, line: voice.Line
) -> None:
    chosen(home, line, SECRET)
    assert CALLEE not in said(home.get("/my/telephone"))
    shown = ask(home, line, SECRET)
    assert shown.status_code == 200 and CALLEE in said(shown)
    assert CALLEE not in said(home.get("/my/telephone"))
    assert (
        count("audit_auditentry", "action = 'calls.itemised' and details->>'proof' = 'service_password'") == 1
    )
    assert ask(home, line, SECRET, number=10**9).status_code == 404


@pytest.mark.rule("ADR-05", "LAW-03")
def test_the_first_password_or_none_shows_nothing_and_says_where_to_go(home: Home, line: voice.Line) -> None:
    answer = ask(home, line, "888888")
    assert (
        answer.status_code == 403 and "还没有设自己的服务密码" in said(answer) and CALLEE not in said(answer)
    )
    chosen(home, line, "888888", must_change=True)
    answer = ask(home, line, "888888")
    assert (
        answer.status_code == 403 and "还没有设自己的服务密码" in said(answer) and CALLEE not in said(answer)
    )


@pytest.mark.rule("SEC-02", "SEC-08")
def test_whoever_guesses_is_locked_out_also_with_the_right_one_and_on_record(
    home: Home, line: voice.Line
) -> None:
    chosen(home, line, SECRET)
    for _ in range(4):
        wrong = ask(home, line, "111111")
        assert wrong.status_code == 403 and "服务密码不对" in said(wrong) and "111111" not in said(wrong)
    assert ask(home, line, "111111").status_code == 423
    locked = ask(home, line, SECRET)
    assert locked.status_code == 423 and CALLEE not in said(locked)
    assert count("audit_auditentry", "action = 'portal.calls_refused'") == 6
    home.cast.later(hours=2)
    home.sign_in(OWN)
    assert CALLEE in said(ask(home, line, SECRET))
