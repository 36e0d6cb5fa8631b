"""A newer program reads policies that nobody set: the upgrade brings them, and nothing serves without them (API-04)."""

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import replace
from types import SimpleNamespace

import pytest

from onehall.contexts.organisation import api as organisation
from onehall.entrances.console import checks_data, hall
from onehall.entrances.console.main import main
from onehall.entrances.console.words import say
from onehall.foundation.audit import trail
from onehall.foundation.database import fetch_all
from onehall.foundation.policy import declare, keys
from onehall.foundation.policy.book import MissingPolicy
from onehall.foundation.policy.models import PolicyPlace
from onehall.foundation.policy.services import entries_of, missing_policies, policy_book
from onehall.foundation.profiles import load_profile
from onehall.foundation.scopes import Scope
from onehall.foundation.values.period import local, midnight
from onehall.journeys.change_policy import change_policy
from tests.cast import Cast

Run = Callable[..., tuple[int, str]]
NEW = "shop.slogans"


@pytest.fixture
def newer(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Iterator[keys.PolicyKey[int]]:
    """A program that declares one policy more, and a hall that was set up before."""
    before = dict(keys._declared)
    yield declare(NEW, kind="int", unit="words", minimum=1, maximum=9, rule="CAT-10", zh="试", en="try")
    keys._declared.clear()
    keys._declared.update(before)


@pytest.fixture
def run(cast: Cast, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """A command on the test's database; serving only says that it would."""
    monkeypatch.setattr("onehall.entrances.console.home.establish", lambda: None)
    monkeypatch.setattr("onehall.entrances.console.home.database", lambda **_: nullcontext())
    monkeypatch.setattr("onehall.entrances.console.main.home.prepare", lambda: None)
    monkeypatch.setattr("onehall.entrances.console.schema.migrate", lambda: 0)
    monkeypatch.setattr(hall, "only_one", lambda url: nullcontext())
    monkeypatch.setattr(hall, "refuse_taken", lambda host, port: None)
    monkeypatch.setattr(hall, "serve", lambda *_, **__: say("上班", "served"))

    def run(*arguments: str) -> tuple[int, str]:
        code = main([*arguments])
        told = capsys.readouterr()
        return code, told.out + told.err

    return run


def shipping(monkeypatch: pytest.MonkeyPatch) -> None:
    """The newer program's own profile says what the new policy is."""
    old = load_profile("dawei")
    (like, *_) = [value for value in old.policies if value.key == "identity.lockout_failures"]
    with_it = replace(old, policies=(*old.policies, replace(like, key=NEW, value=7, source="新版说明")))
    monkeypatch.setattr("onehall.entrances.console.profile.load_profile", lambda code: with_it)


@pytest.mark.rule("API-04")
def test_nothing_is_missing_in_a_hall_that_this_program_set_up(cast: Cast) -> None:
    assert missing_policies(at=cast.now) == []


@pytest.mark.rule("API-04")
def test_serving_is_refused_with_the_command_that_mends_it(
    newer: keys.PolicyKey[int], run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, told = run("serve")
    assert code == 1 and NEW in told and "onehall install DIR" in told and "served" not in told
    assert run("migrate", "--check")[0] == 1
    (found,) = checks_data._schema(0.0)
    assert NEW in found.zh and "onehall install DIR" in found.remedy
    shipping(monkeypatch)
    code, told = run("serve")
    assert code == 1 and "onehall migrate" in told and "served" not in told


@pytest.mark.rule("API-04")
def test_the_upgrade_brings_what_is_missing_on_record_and_leaves_what_was_set(
    newer: keys.PolicyKey[int], run: Run, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipping(monkeypatch)
    chief = cast.sign_in("0101")
    change_policy(
        key="identity.lockout_failures", value=9, valid_from=midnight(local(cast.now).date()), source="试",
        hall_id=None, by=chief, at=cast.now,
    )  # fmt: skip
    count = fetch_all("select count(*) as n from policy_policyvalue")[0]["n"]
    with pytest.raises(MissingPolicy):
        _ = policy_book(hall_id=chief.hall_id, at=cast.now)[newer]
    code, told = run("migrate")
    assert code == 0 and NEW in told
    book = policy_book(hall_id=chief.hall_id, at=cast.now)
    assert book[newer] == 7 and entries_of(newer)[0]["source"] == "新版说明"
    assert fetch_all("select count(*) as n from policy_policyvalue")[0]["n"] == count + 1, (
        "nothing else moved"
    )
    lines = trail(scope=Scope.operator(), limit=9, action="policy.brought")
    assert {line.hall_id for line in lines} == {
        hall.id for hall in organisation.halls(scope=Scope.operator())
    }
    assert lines[0].details["keys"] == [NEW]
    again = run("migrate")[1]
    assert NEW not in again, "a second time there is nothing to bring"
    assert run("serve")[1].strip().endswith("served")


@pytest.mark.rule("API-04")
def test_an_empty_database_is_not_refused_for_policies_that_nobody_reads_yet(
    newer: keys.PolicyKey[int], monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    nowhere = SimpleNamespace(objects=PolicyPlace.objects.none())
    monkeypatch.setattr("onehall.foundation.policy.services.PolicyPlace", nowhere)
    assert run("migrate", "--check")[0] == 0
