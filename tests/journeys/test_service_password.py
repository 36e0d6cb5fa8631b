"""固话服务密码 Set by the owner, reset to the first one, seen by nobody (ADR-05, LAW-03, SEC-05)."""

from uuid import uuid4

import pytest

from onehall.contexts.customers import api as customers
from onehall.contexts.provisioning import api as provisioning
from onehall.contexts.voice import api as voice
from onehall.foundation.audit import trail
from onehall.foundation.refusals import Refusal
from onehall.journeys.set_service_password import OwnerNotVerified, set_service_password
from onehall.journeys.state_purpose import state_purpose
from tests.cast import Cast
from tests.journeys.test_fixed_lines import EVERYWHERE, NUMBER
from tests.journeys.test_line_changes import alone

SEEN = customers.PurposeStated(customers.PurposeKind.PRESENT_VERIFIED, customers.Verification.ID_DOCUMENT)


def fits(secret: str) -> bool:
    return provisioning.service_password_fits(number=NUMBER, secret=secret, rounds=1000, scope=EVERYWHERE)


@pytest.mark.rule("ADR-05", "LAW-03", "SEC-05")
def test_the_verified_owner_sets_it_and_nobody_else(cast: Cast) -> None:
    by = cast.clerk()
    party = alone(cast, by)
    line = voice.line(NUMBER, at=cast.now, scope=EVERYWHERE).subscription

    def put(new: str) -> bool:
        return set_service_password(subscription_id=line, new=new, intent=uuid4(), by=by, at=cast.now)

    assert fits("888888"), "the first one, which must be changed"
    with pytest.raises(OwnerNotVerified):
        put("271828")
    state_purpose(party_id=party, stated=SEEN, by=by, at=cast.now)
    for odd in ("888888", "12345", "abcdef", "111111", NUMBER, "699001"):
        with pytest.raises(Refusal) as no:
            put(odd)
        assert no.value.field == "new" and no.value.sentence("en"), odd
    assert fits("888888"), "nothing half done"
    assert put("271828") is False and fits("271828") and not fits("888888")
    held = provisioning.service_password(number=NUMBER, scope=EVERYWHERE)
    assert held is not None and not held.must_change
    assert put("") is True and fits("888888")
    told = trail(scope=EVERYWHERE, limit=9, action="telephone.service_password")
    assert [one.details["first"] for one in told] == [True, False] and "271828" not in str(told)
