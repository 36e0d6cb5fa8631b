"""过户: what stands against passing a line on."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from onehall.foundation.values.period import CHINA
from onehall.steps.transferring import Standing, refusal_of, why_not

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=CHINA)
moments = st.none() | st.timedeltas(timedelta(days=-400), timedelta(days=400)).map(lambda span: NOW + span)


@given(
    st.builds(
        Standing, st.just("dw0120502"), st.booleans(), moments, moments,
        st.sampled_from(["", "YX20261123001"]), st.integers(0, 3),
    )
)  # fmt: skip
def test_a_line_passes_on_only_when_nothing_is_open_and_every_no_says_what_to_do(standing: Standing) -> None:
    free = (
        not standing.ended
        and standing.ending_at is None
        and standing.expires_at is not None
        and standing.expires_at > NOW
        and not standing.open_work
        and not standing.unpaid_baskets
    )
    refusal = refusal_of(standing, at=NOW)
    assert (why_not(standing, at=NOW) == "") == free == (refusal is None)
    if refusal is not None:
        for lang in ("zh", "en"):
            assert refusal.alternative(lang) and "{" not in refusal.sentence(lang)
            assert "dw0120502" in refusal.sentence(lang)


def test_the_last_moment_of_a_term_is_over() -> None:
    line = Standing("dw0120502", False, None, NOW, "", 0)
    assert why_not(line, at=NOW) == "expired" and why_not(line, at=NOW - timedelta(seconds=1)) == ""
