"""王建国 is told how his data is used before anything of it is kept, and agrees to his document number apart (LAW-30)."""

from dataclasses import replace
from uuid import uuid4

import pytest

from onehall.contexts.catalogue import api as catalogue
from onehall.contexts.customers import api as customers
from onehall.contexts.customers.models import Consent, Party
from onehall.foundation import audit
from onehall.foundation.database import transaction
from onehall.foundation.refusals import Refusal
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.values.text import Text
from onehall.journeys.register_customer import register_customer
from tests.cast import Cast, resident_id, wang

EVERYWHERE = Scope.operator()
AGREED = customers.Agreed("2026-01", notice=True, sensitive=True)


def register(
    cast: Cast, by: Actor, agreed: customers.Agreed = AGREED, given: customers.CustomerGiven | None = None
) -> customers.CustomerCard:
    return register_customer(intent=uuid4(), given=given or wang(), agreed=agreed, by=by, at=cast.now)


@pytest.mark.rule("LAW-30")
@pytest.mark.parametrize(
    ("agreed", "code", "field"),
    [
        (replace(AGREED, notice=False), "customers.notice_missing", "consent_notice"),
        (replace(AGREED, sensitive=False), "customers.sensitive_missing", "consent_sensitive"),
        (replace(AGREED, version="2025-01"), "customers.notice_renewed", "consent_notice"),
        (customers.Agreed("", notice=False, sensitive=False), "customers.notice_missing", "consent_notice"),
    ],
)
def test_without_notice_of_today_and_a_consent_apart_nothing_is_kept(
    cast: Cast, agreed: customers.Agreed, code: str, field: str
) -> None:
    li_min, before = cast.clerk(), Party.objects.count()
    with pytest.raises(Refusal) as refused:
        register(cast, li_min, agreed)
    assert (refused.value.code, refused.value.field) == (code, field)
    assert refused.value.alternative("zh") and refused.value.alternative("en")
    assert Party.objects.count() == before and not Consent.objects.exists()


@pytest.mark.rule("LAW-30")
def test_both_consents_are_kept_with_the_version_that_was_shown_and_the_trail_says_which(cast: Cast) -> None:
    li_min = cast.clerk()
    party = register(cast, li_min).id
    held = customers.consents(party, scope=EVERYWHERE)
    assert {kind: (one.version, one.given, one.guardian, one.at) for kind, one in held.items()} == {
        customers.ConsentKind.NOTICE: ("2026-01", True, False, cast.now),
        customers.ConsentKind.SENSITIVE: ("2026-01", True, False, cast.now),
    }
    (line,) = audit.trail(scope=EVERYWHERE, limit=1, action="customer.registered", subject_id=str(party))
    assert line.details["notice"] == "2026-01"
    with transaction():
        lines = (Text("新的告知", "A new notice"),)
        newer = catalogue.Wording("terms", "privacy", "2027-01", Text("告知", "Notice"), lines)
        catalogue.establish_wording(wording=newer, by=None, at=cast.now)
    with pytest.raises(customers.NoticeRenewed, match="2027-01"):
        register(cast, li_min)
    assert customers.consents(party, scope=EVERYWHERE)[customers.ConsentKind.NOTICE].version == "2026-01"


@pytest.mark.rule("LAW-30")
def test_for_a_child_it_is_the_guardians_word(cast: Cast) -> None:
    li_min = cast.clerk()
    child = replace(
        wang("王小明", document=resident_id("20150601")),
        agent=customers.AgentGiven(
            "王建国", customers.DocumentGiven(customers.DocumentKind.RESIDENT_ID, resident_id())
        ),
        papers=(*customers.papers_required(customers.PartyKind.INDIVIDUAL, agent=True),),
    )
    held = customers.consents(register(cast, li_min, given=child).id, scope=EVERYWHERE)
    assert [one.guardian for one in held.values()] == [True, True]
