"""When a shift is over, and which code of an app is good: once, and not long after (SEC-08)."""

from datetime import datetime, timedelta

import pyotp
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onehall.foundation.identity.rules import STEP, good_step, shift_over
from onehall.foundation.values.period import CHINA

DAY = datetime(2026, 11, 23, 0, 0, tzinfo=CHINA)
MINUTES = st.integers(0, 24 * 60 - 1)


@pytest.mark.rule("SEC-08")
@settings(deadline=None)
@given(start=MINUTES, spent=st.integers(0, 3 * 24 * 60), ends=st.sets(MINUTES, max_size=3))
def test_a_sign_in_is_dead_from_the_first_end_of_a_shift_after_it(
    start: int, spent: int, ends: set[int]
) -> None:
    begun, now = DAY + timedelta(minutes=start), DAY + timedelta(minutes=start + spent)
    named = [f"{end // 60:02}:{end % 60:02}" for end in ends]
    passed = [
        end + day * 1440 for end in ends for day in range(5) if start < end + day * 1440 <= start + spent
    ]
    assert shift_over(started_at=begun, at=now, ends=named) == bool(passed)


@pytest.mark.rule("SEC-08")
@settings(deadline=None)
@given(drift=st.integers(-4, 4), last=st.integers(-4, 4))
def test_a_code_is_good_a_step_early_or_late_and_never_twice(drift: int, last: int) -> None:
    app = pyotp.TOTP("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    at = DAY + timedelta(hours=9)
    now = int(at.timestamp()) // STEP
    typed = app.generate_otp(now + drift)
    step = good_step(code=f"{typed[:3]} {typed[3:]}", at=at, last=now + last, code_of=app.generate_otp)
    assert step == (now + drift if abs(drift) <= 1 and drift > last else None)
