"""Particulars whose time of keeping is over go by themselves, and nobody's before (REC-02, LAW-30)."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from onehall.contexts.customers import api as customers
from onehall.contexts.customers.models import DeletionCertificate, IdentityDocument, Party
from onehall.entrances.jobs.erase_due import erase_due
from onehall.foundation.audit import trail
from onehall.foundation.identity.models import User
from onehall.foundation.policy.services import establish_value
from onehall.foundation.scopes import Scope
from onehall.foundation.values.ids import PartyId
from onehall.foundation.values.period import add_months
from onehall.journeys.delete_due_scans import delete_due_scans
from onehall.journeys.merge_customers import merge_customers
from onehall.journeys.set_legal_hold import set_legal_hold
from onehall.runs import erase_due_customers as run
from onehall.steps.clock import CLOCK
from tests.cast import Cast, dwelling, mobile, wang
from tests.journeys.test_scans import kept

ALL = Scope.operator()
MONTHS = 24


def switched(cast: Cast, on: bool, *, key: str = "customers.erase_by_itself") -> None:
    establish_value(key=key, value=on, valid_from=cast.now, source="试", verified=True, at=cast.now)


def names(*parties: PartyId) -> list[str]:
    found = dict(Party.objects.filter(pk__in=parties).values_list("pk", "name"))
    return [found[one] for one in parties]


@pytest.mark.rule("REC-02", "LAW-30")
def test_whoever_did_nothing_for_the_time_of_keeping_is_erased_with_a_certificate_and_nobody_earlier(
    cast: Cast,
) -> None:
    clerk = cast.clerk()
    idle = cast.registered(clerk, wang("李秀兰")).id
    held = cast.registered(clerk, wang("赵大海")).id
    set_legal_hold(party_id=held, reason="法院调查函 2026-9", by=cast.sign_in("0201"), at=cast.now)
    served = cast.registered(clerk, wang("钱有缘")).id
    basket = cast.basket(clerk, served, dwelling("dw", "1", "2", "503"), ("new_broadband", "bb20-year"))
    cast.pay(clerk, basket.id)
    due = add_months(cast.now, MONTHS)
    cast.later(days=9)
    young = cast.registered(clerk, wang("周小满")).id
    switched(cast, True)
    erase_due(datetime.fromtimestamp(due.timestamp() - 1, tz=due.tzinfo))
    assert names(idle, held, served, young) == ["李秀兰", "赵大海", "钱有缘", "周小满"], "not a second before"
    cast.now = due
    switched(cast, False)
    erase_due(due)
    assert names(idle) == ["李秀兰"], "not while the policy does not let the clock do it"
    seen = run.due_customers(at=due, soon=timedelta(days=30))
    assert (seen.now, seen.held, seen.soon) == (2, 1, 1)
    switched(cast, True)
    erase_due(due)
    erase_due(due)
    assert names(idle, held, served, young) == [customers.GONE, "赵大海", "钱有缘", "周小满"]
    assert not IdentityDocument.objects.filter(party_id=idle).exists()
    certificate = DeletionCertificate.objects.get()
    (line_of_trail,) = trail(scope=ALL, limit=9, action="privacy.deleted")
    assert (
        line_of_trail.details["code"] == certificate.code and line_of_trail.details["kept_months"] == MONTHS
    )
    assert User.objects.get(staff_no=CLOCK).password.startswith("!"), "nobody signs in as the clock"


@pytest.mark.rule("REC-02")
def test_killed_between_two_customers_the_rest_goes_the_next_time_and_nothing_twice(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk = cast.clerk()
    three = [cast.registered(clerk, wang(name)).id for name in ("李秀兰", "赵大海", "钱有缘")]
    cast.now = add_months(cast.now, MONTHS)
    switched(cast, True)
    monkeypatch.setattr(run, "_BATCH", 2)
    real, calls = run.ties_of, []

    def dies_at_the_third(party: PartyId) -> customers.Ties:
        calls.append(party)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return real(party)

    monkeypatch.setattr(run, "ties_of", dies_at_the_third)
    with pytest.raises(KeyboardInterrupt):
        run.erase_due_customers(at=cast.now)
    assert names(*three) == [customers.GONE, customers.GONE, "钱有缘"]
    assert run.erase_due_customers(at=cast.now) == 1
    assert DeletionCertificate.objects.count() == 3 and calls.count(three[0]) == 1


@pytest.mark.rule("REC-02", "LAW-06")
def test_a_scan_of_a_customer_under_a_legal_hold_stays_until_it_is_lifted(cast: Cast) -> None:
    clerk = cast.clerk(drawer=False)
    (party, _), (other, _) = kept(cast, clerk), kept(cast, clerk)
    manager = cast.sign_in("0201")
    set_legal_hold(party_id=party, reason="法院调查函 2026-9", by=manager, at=cast.now)
    later = cast.later(days=200)
    assert customers.scans_due(at=later, scope=ALL) == (2, 1)
    assert delete_due_scans(at=later) == 1 and delete_due_scans(at=later) == 0
    assert customers.scans_of(party, scope=ALL)[0].deleted_at is None
    assert customers.scans_of(other, scope=ALL)[0].deleted_at == later
    set_legal_hold(party_id=party, reason=None, by=manager, at=later)
    assert delete_due_scans(at=later) == 1


@pytest.mark.rule("REC-02", "CUS-06")
def test_merged_records_go_together_and_none_while_the_other_still_has_a_line(cast: Cast) -> None:
    clerk, phone, another = cast.clerk(), mobile(), mobile()
    one, other = (cast.registered(clerk, wang("刘芳", phone=phone)).id for _ in range(2))
    busy, quiet = (cast.registered(clerk, wang("陈静", phone=another)).id for _ in range(2))
    basket = cast.basket(clerk, quiet, dwelling("dw", "1", "2", "504"), ("new_broadband", "bb20-year"))
    cast.pay(clerk, basket.id)
    for absorbed, survivor in ((other, one), (quiet, busy)):
        merge_customers(
            absorbed=absorbed, survivor=survivor, documents_seen=True, reason="同一个人", intent=uuid4(),
            by=cast.sign_in("0201"), at=cast.now,
        )  # fmt: skip
    cast.now = add_months(cast.now, MONTHS)
    switched(cast, True)
    assert run.erase_due_customers(at=cast.now) == 1
    assert names(one, other, busy, quiet) == [customers.GONE, customers.GONE, "陈静", "陈静"]
    assert DeletionCertificate.objects.get().gone["records"] == 2
