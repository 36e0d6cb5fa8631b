"""A line is diagnosed in words: the most decisive cause first, both languages, whatever the facts (NET-04)."""

import re
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onehall.contexts.provisioning.contracts import Standing
from onehall.contexts.provisioning.rules import (
    Answered,
    Cause,
    CommandWaiting,
    DeviceFacts,
    DiagnosisLimits,
    Finding,
    LineFacts,
    OnLine,
    diagnose,
    reason_words,
)
from onehall.foundation.values.period import CHINA, Period

NOON = datetime(2026, 11, 21, 12, tzinfo=CHINA)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
TERM = Period(NOON - 30 * DAY, NOON + 335 * DAY)
LIMITS = DiagnosisLimits(
    outage_lines=5, outage=10 * MINUTE, session_silent=30 * MINUTE, device_silent=30 * MINUTE, refusals=DAY
)
PAID = LineFacts(Standing.ACTIVE, TERM, down_kbps=20_000, up_kbps=4_000)
ON = OnLine(NOON - 3 * 60 * MINUTE, NOON - MINUTE, "aa:01", TERM.end, 20_000, 4_000)
CHINESE, PLACEHOLDER = re.compile(r"[\u4e00-\u9fff]"), re.compile(r"[{}]|None")


def found(facts: LineFacts, at: datetime = NOON) -> tuple[Finding, ...]:
    return diagnose(facts, limits=LIMITS, at=at)


def verdict(facts: LineFacts, at: datetime = NOON) -> Finding:
    return found(facts, at)[0]


def wrong(minutes: int) -> Answered:
    return Answered(NOON - minutes * MINUTE, False, "wrong_password", "aa:01")


@pytest.mark.rule("NET-04")
def test_an_account_that_is_not_paid_is_told_so_first() -> None:
    expired = replace(
        PAID, standing=Standing.EXPIRED, period=Period(NOON - 90 * DAY, NOON - 3 * DAY), answers=(wrong(1),)
    )
    first = verdict(expired)
    assert first.cause is Cause.EXPIRED
    assert "11-18 12:00" in first.words.zh
    assert "3 天" in first.words.zh
    assert [one.cause for one in found(expired)] == [Cause.EXPIRED], "a wrong password is beside the point"
    waiting = replace(PAID, standing=Standing.WAITING, period=Period(NOON + DAY, NOON + 300 * DAY))
    assert verdict(waiting).cause is Cause.NOT_BEGUN
    assert verdict(replace(PAID, standing=Standing.WITHDRAWN)).cause is Cause.WITHDRAWN
    assert verdict(LineFacts(None)).cause is Cause.UNKNOWN


@pytest.mark.rule("NET-04", "ORD-09")
def test_a_line_that_is_open_for_the_installers_test_is_no_line_that_has_not_begun() -> None:
    waiting = replace(PAID, standing=Standing.WAITING, period=Period(NOON + DAY, NOON + 300 * DAY))
    testing = replace(waiting, test_until=NOON + 60 * MINUTE)
    assert [one.cause for one in found(testing)] == [Cause.NOTHING_ASKED, Cause.TESTING]
    assert [one.cause for one in found(replace(testing, sessions=(ON,)))] == [Cause.ON_LINE, Cause.TESTING]
    assert verdict(replace(waiting, test_until=NOON)).cause is Cause.NOT_BEGUN


@pytest.mark.rule("NET-04", "BIL-01")
def test_a_session_that_outlives_its_term_is_said() -> None:
    expired = replace(PAID, standing=Standing.EXPIRED, sessions=(ON,))
    assert [one.cause for one in found(expired)] == [Cause.EXPIRED, Cause.OUTLIVES_TERM]


@pytest.mark.rule("NET-04")
def test_a_line_that_works_says_since_when() -> None:
    one = verdict(replace(PAID, sessions=(ON,), answers=(wrong(600),)))
    assert (one.cause, one.kind) == (Cause.ON_LINE, "good")
    assert "09:00" in one.words.zh
    assert "3 小时" in one.words.zh
    assert "3 h" in one.words.en


@pytest.mark.rule("NET-04", "NET-01")
def test_already_on_line_elsewhere_is_told_with_the_time() -> None:
    second = Answered(NOON - 2 * MINUTE, False, "already_on_line", "bb:02")
    causes = [one.cause for one in found(replace(PAID, sessions=(ON,), answers=(second,)))]
    assert causes == [Cause.ON_LINE, Cause.SECOND_DEVICE]
    same = replace(second, caller="aa:01")
    assert [one.cause for one in found(replace(PAID, sessions=(ON,), answers=(same,)))] == [Cause.ON_LINE]


@pytest.mark.rule("NET-04", "CAT-02")
def test_a_session_at_another_speed_than_paid_for_is_told() -> None:
    slow = replace(ON, granted_down_kbps=10_000)
    causes = [one.cause for one in found(replace(PAID, sessions=(slow,)))]
    assert causes == [Cause.ON_LINE, Cause.OTHER_SPEED]
    unknown = replace(ON, granted_down_kbps=None)
    assert [one.cause for one in found(replace(PAID, sessions=(unknown,)))] == [Cause.ON_LINE]


@pytest.mark.rule("NET-04")
def test_a_wrong_password_is_told_with_the_time_and_how_often() -> None:
    accepted = Answered(NOON - 50 * MINUTE, True)
    one = verdict(replace(PAID, answers=(wrong(5), wrong(6), wrong(9), accepted, wrong(60))))
    assert one.cause is Cause.WRONG_PASSWORD
    assert "11:55" in one.words.zh
    assert "连续 3 次" in one.words.zh


@pytest.mark.rule("NET-04")
def test_an_old_refusal_is_no_reason_today() -> None:
    assert verdict(replace(PAID, answers=(wrong(60 * 25),))).cause is Cause.NOTHING_ASKED
    assert verdict(PAID).cause is Cause.NOTHING_ASKED


@pytest.mark.rule("NET-04")
def test_many_lines_gone_at_once_are_an_outage_not_the_customers_fault() -> None:
    gone = replace(PAID, answers=(wrong(5),), gone=5, gone_at=NOON - MINUTE)
    assert verdict(gone).cause is Cause.OUTAGE
    assert "5 条线路" in verdict(gone).words.zh
    assert verdict(replace(gone, gone=4)).cause is Cause.WRONG_PASSWORD
    assert verdict(replace(gone, sessions=(ON,))).cause is Cause.ON_LINE


@pytest.mark.rule("NET-04")
def test_a_silent_device_and_a_hanging_session_are_told() -> None:
    silent = replace(PAID, device=DeviceFacts("馨苑一号", NOON - 31 * MINUTE))
    assert verdict(silent).cause is Cause.DEVICE_DOWN
    assert "馨苑一号" in verdict(silent).words.zh
    heard = replace(PAID, device=DeviceFacts("馨苑一号", NOON - 29 * MINUTE))
    assert verdict(heard).cause is Cause.NOTHING_ASKED
    hangs = replace(PAID, sessions=(replace(ON, updated_at=NOON - 31 * MINUTE),))
    assert verdict(hangs).cause is Cause.STALE_SESSION


@pytest.mark.rule("NET-04")
def test_accepted_but_gone_again_is_not_blamed_on_the_password() -> None:
    assert verdict(replace(PAID, answers=(Answered(NOON - MINUTE, True), wrong(5)))).cause is Cause.NO_SESSION


@pytest.mark.rule("NET-03", "NET-04")
def test_what_is_not_in_effect_yet_is_told_with_its_age() -> None:
    waits = CommandWaiting("refresh", NOON - 8 * MINUTE, 3, "timeout")
    last = found(replace(PAID, sessions=(ON,), commands=(waits,)))[-1]
    assert last.cause is Cause.NOT_IN_EFFECT
    assert "8 分钟" in last.words.zh
    assert "试过 3 次" in last.words.zh


@pytest.mark.rule("NET-04")
def test_a_reason_without_a_word_is_shown_as_it_stands() -> None:
    assert reason_words("strange_new_thing").zh == "strange_new_thing"
    assert reason_words("").en == "not said"
    odd = verdict(replace(PAID, answers=(Answered(NOON - MINUTE, False, "strange_new_thing"),)))
    assert (odd.cause, "strange_new_thing" in odd.words.zh) == (Cause.REFUSED, True)


MOMENTS = st.integers(min_value=0, max_value=60 * 24 * 40).map(lambda minutes: NOON - minutes * MINUTE)
ANSWERS = st.builds(
    Answered, at=MOMENTS, accepted=st.booleans(), caller=st.sampled_from(["aa:01", "bb:02"]),
    reason=st.sampled_from(["", "expired", "wrong_password", "already_on_line", "odd"]),
)  # fmt: skip
SESSIONS = st.builds(
    OnLine, started_at=MOMENTS, updated_at=MOMENTS, caller=st.just("aa:01"), granted_until=st.none(),
    granted_down_kbps=st.sampled_from([None, 10_000, 20_000]), granted_up_kbps=st.sampled_from([None, 4_000]),
)  # fmt: skip
COMMANDS = st.builds(CommandWaiting, kind=st.just("refresh"), created_at=MOMENTS, attempts=st.integers(0, 9))
FACTS = st.builds(
    LineFacts,
    standing=st.sampled_from([None, *Standing]),
    period=st.just(TERM),
    down_kbps=st.just(20_000),
    up_kbps=st.just(4_000),
    sessions=st.lists(SESSIONS, max_size=2).map(tuple),
    answers=st.lists(ANSWERS, max_size=6).map(
        lambda answers: tuple(sorted(answers, key=lambda one: one.at, reverse=True))
    ),
    commands=st.lists(COMMANDS, max_size=2).map(tuple),
    device=st.one_of(st.none(), st.builds(DeviceFacts, name=st.just("甲"), heard_at=st.one_of(st.none(), MOMENTS))),
    test_until=st.one_of(st.none(), MOMENTS, st.just(NOON + DAY)),
    paused_until=st.just(NOON + DAY),  # read where the line is paused; such a line always has it
    gone=st.integers(0, 12),
    gone_at=MOMENTS,
)  # fmt: skip


@pytest.mark.rule("NET-04")
@given(FACTS)
def test_whatever_the_facts_there_is_a_verdict_in_both_languages(facts: LineFacts) -> None:
    every = found(facts)
    assert every
    for one in every:
        assert one.kind in ("good", "info", "warn", "bad")
        for text in (one.words, one.advice):
            assert CHINESE.search(text.zh)
            assert text.en
            assert not CHINESE.search(text.en.replace("甲", ""))
            assert not PLACEHOLDER.search(text.zh + text.en)
    causes = [one.cause for one in every]
    assert len(set(causes)) == len(causes), "a cause is told once"


@pytest.mark.rule("NET-04")
@given(FACTS)
def test_a_line_is_called_good_only_when_it_is_paid_and_alive(facts: LineFacts) -> None:
    good = [one for one in found(facts) if one.kind == "good"]
    alive = any(NOON - one.updated_at <= LIMITS.session_silent for one in facts.sessions)
    testing = facts.standing is Standing.WAITING and (facts.test_until or NOON) > NOON
    assert bool(good) == ((facts.standing is Standing.ACTIVE or testing) and alive)


@pytest.mark.rule("NET-04")
@given(FACTS)
def test_nobody_is_sent_to_reset_a_password_that_was_not_refused_last(facts: LineFacts) -> None:
    if any(one.cause is Cause.WRONG_PASSWORD for one in found(facts)):
        assert facts.answers
        assert not facts.answers[0].accepted
        assert facts.answers[0].reason == "wrong_password"
        assert NOON - facts.answers[0].at <= LIMITS.refusals
