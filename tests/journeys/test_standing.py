"""远景贸易 is served through 何芳, who may order but not end; levels come and go with their reasons (CUS-07)."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from onehall.contexts.customers import api as customers
from onehall.contexts.customers.models import AccessRefusal, AuthorisedContact, DeletionRequest
from onehall.contexts.customers.services.privacy import erase
from onehall.foundation import audit
from onehall.foundation.database import fetch_all, transaction
from onehall.foundation.refusals import NotFound, NotPermitted, Refusal
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.values.ids import PartyId
from onehall.journeys.correct_customer import correct_customer
from onehall.journeys.end_authorisation import end_authorisation
from onehall.journeys.name_supervisor import name_supervisor
from onehall.journeys.rank_customer import rank_customer
from onehall.journeys.state_purpose import state_purpose
from onehall.readings.key_accounts import key_accounts
from onehall.readings.search import search
from tests.cast import Cast, contact_of, dwelling, firm_given, resident_id

EVERYWHERE = Scope.operator()
HE_FANG = resident_id("19900505")


def arrives(
    cast: Cast, by: Actor, firm: PartyId, contact: customers.AuthorisedContact | None, document: str = HE_FANG
) -> customers.Purpose:
    stated = customers.PurposeStated(
        customers.PurposeKind.PRESENT_VERIFIED, customers.Verification.ID_DOCUMENT,
        contact=(contact.id, document) if contact else None,
    )  # fmt: skip
    return state_purpose(party_id=firm, stated=stated, by=by, at=cast.now)


def orders_a_line(cast: Cast, by: Actor, firm: PartyId) -> None:
    cast.basket(by, firm, dwelling("dw", "1", "2", "502"), ("new_broadband", "bb20-year"))


@pytest.mark.rule("CUS-07")
def test_an_organisation_is_served_through_a_contact_whose_document_was_checked(cast: Cast) -> None:
    li_min = cast.clerk()
    firm = cast.registered(li_min, firm_given()).id
    he_fang = contact_of(firm, li_min, at=cast.now, document=HE_FANG)
    with pytest.raises(customers.ContactNeeded):
        arrives(cast, li_min, firm, None)
    with pytest.raises(customers.ContactNeeded):
        orders_a_line(cast, li_min, firm)
    with pytest.raises(customers.ContactUnknown):
        arrives(cast, li_min, firm, he_fang, document=resident_id())
    assert AccessRefusal.objects.filter(code="customers.contact_unknown").count() == 1
    arrives(cast, li_min, firm, he_fang, document=f" {HE_FANG[:6]} {HE_FANG[6:].lower()}")
    acting = customers.acting_now(firm, user_id=li_min.user_id, at=cast.now, scope=EVERYWHERE)
    assert acting is not None and acting.name == "何芳"
    orders_a_line(cast, li_min, firm)


@pytest.mark.rule("CUS-07")
def test_what_the_authorisation_does_not_cover_is_refused_with_what_it_lacks(cast: Cast) -> None:
    li_min = cast.clerk()
    firm = cast.registered(li_min, firm_given()).id
    asks = contact_of(firm, li_min, at=cast.now, document=HE_FANG, mandates=(customers.Mandate.INQUIRE,))
    arrives(cast, li_min, firm, asks)
    with pytest.raises(customers.NotAuthorised, match="办理、续费、变更"):
        orders_a_line(cast, li_min, firm)
    more = contact_of(firm, li_min, at=cast.now, document=HE_FANG)
    arrives(cast, li_min, firm, more)
    orders_a_line(cast, li_min, firm)
    change = customers.Change("phone:new", "13800138000")
    with pytest.raises(customers.NotAuthorised, match="拆机、过户、更正资料"):
        correct_customer(
            given=customers.CorrectionGiven(firm, (change,), customers.Cause.CHANGED, 0), intent=uuid4(), by=li_min, at=cast.now
        )  # fmt: skip


@pytest.mark.rule("CUS-07")
@pytest.mark.parametrize(
    "how", ["the last day is over", "the authorisation was withdrawn", "replaced by another"]
)
def test_an_authorisation_that_is_over_opens_nothing_and_orders_nothing(cast: Cast, how: str) -> None:
    li_min = cast.clerk()
    firm = cast.registered(li_min, firm_given()).id
    he_fang = contact_of(
        firm, li_min, at=cast.now, document=HE_FANG, until=cast.now.date() + timedelta(days=1)
    )
    arrives(cast, li_min, firm, he_fang)
    if how == "the last day is over":
        cast.later(days=2)
        expected: type[Refusal] = customers.ContactNeeded  # the purpose itself ended long before
    elif how == "the authorisation was withdrawn":
        end_authorisation(party_id=firm, contact_id=he_fang.id, by=li_min, at=cast.later(minutes=1))
        expected = customers.ContactExpired
    else:
        contact_of(
            firm, li_min, at=cast.later(minutes=1), document=HE_FANG, mandates=(customers.Mandate.INQUIRE,)
        )
        expected = customers.ContactExpired
    with pytest.raises(expected):
        orders_a_line(cast, li_min, firm)
    with pytest.raises(customers.ContactExpired, match="何芳"):
        arrives(cast, li_min, firm, he_fang)


@pytest.mark.rule("CUS-07")
def test_a_firms_contact_is_nobody_for_another_firm_and_a_person_has_none(cast: Cast) -> None:
    li_min = cast.clerk()
    firm, other = (cast.registered(li_min, firm_given()).id for _ in range(2))
    he_fang = contact_of(firm, li_min, at=cast.now, document=HE_FANG)
    contact_of(other, li_min, at=cast.now)
    with pytest.raises(customers.ContactUnknown):
        arrives(cast, li_min, other, he_fang)
    with pytest.raises(customers.CustomerNotFound):
        end_authorisation(party_id=other, contact_id=he_fang.id, by=li_min, at=cast.now)
    with pytest.raises(customers.OnlyOrganisations):
        contact_of(cast.registered(li_min).id, li_min, at=cast.now)


@pytest.mark.rule("CUS-07")
def test_a_level_is_given_with_a_reason_shown_in_search_and_ends_with_its_time(cast: Cast) -> None:
    li_min, zhou_min = cast.clerk(), cast.sign_in("0201")
    party = cast.registered(li_min).id
    gold = {"party_id": party, "level": customers.VipLevel.GOLD, "at": cast.now}
    with pytest.raises(NotPermitted):
        rank_customer(**gold, reason="年消费额高", by=li_min)  # type: ignore[arg-type]
    with pytest.raises(customers.ReasonNeeded):
        rank_customer(**gold, reason=" 好 ", by=zhou_min)  # type: ignore[arg-type]
    rank_customer(**gold, reason="年消费额高", by=zhou_min)  # type: ignore[arg-type]
    held = customers.standing(party, at=cast.now, scope=EVERYWHERE).vip
    assert held is not None and (held.level, held.reason, held.by_name) == (
        "gold",
        "年消费额高",
        zhou_min.name,
    )
    (hit,) = search("王建国", scope=li_min.scope, at=cast.now)
    assert hit.badge == "金卡 · 客户"
    (hit,) = search("王建国", scope=li_min.scope, at=held.until)
    assert hit.badge == "客户"
    rank_customer(
        party_id=party,
        level=customers.VipLevel.NONE,
        reason="两年没有消费",
        by=zhou_min,
        at=cast.later(days=1),
    )
    assert customers.standing(party, at=cast.now, scope=EVERYWHERE).vip is None
    lines = audit.trail(scope=EVERYWHERE, limit=9, action="customer.ranked")
    assert [line.details["level"] for line in lines] == ["none", "gold"]
    assert "年消费额高" not in str([line.details for line in lines])


@pytest.mark.rule("CUS-07")
def test_the_list_names_who_is_responsible_and_whose_authorisation_ends_first(cast: Cast) -> None:
    li_min, zhou_min = cast.clerk(), cast.sign_in("0201")
    firm = cast.registered(li_min, firm_given()).id
    cast.registered(li_min)
    contact_of(firm, li_min, at=cast.now, until=date(2027, 6, 30))
    contact_of(firm, li_min, at=cast.now, until=date(2027, 3, 31))
    facts = {"after": 0, "limit": 9, "at": cast.now}
    (line,) = key_accounts(mine=None, scope=zhou_min.scope, **facts)  # type: ignore[arg-type]
    assert (line.party_id, line.supervisor, line.contacts, line.first_end) == (firm, "", 2, date(2027, 3, 31))
    assert key_accounts(mine=zhou_min.user_id, scope=zhou_min.scope, **facts) == []  # type: ignore[arg-type]
    name_supervisor(party_id=firm, supervisor_id=zhou_min.user_id, by=zhou_min, at=cast.now)
    (line,) = key_accounts(mine=zhou_min.user_id, scope=zhou_min.scope, **facts)  # type: ignore[arg-type]
    assert line.supervisor == zhou_min.name
    stranger = cast.sign_in("0311", hall="guandi", counter="1")
    assert key_accounts(mine=None, scope=stranger.scope, **facts) == []  # type: ignore[arg-type]
    with pytest.raises(NotFound):
        name_supervisor(party_id=firm, supervisor_id=stranger.user_id, by=zhou_min, at=cast.now)


@pytest.mark.rule("SEC-07")
def test_a_contacts_numbers_are_not_readable_in_the_table(cast: Cast) -> None:
    li_min = cast.clerk()
    firm = cast.registered(li_min, firm_given()).id
    kept = contact_of(firm, li_min, at=cast.now, document=HE_FANG)
    assert kept.document_masked == f"{HE_FANG[:3]}***********{HE_FANG[-4:]}"
    (row,) = fetch_all("select * from customers_authorisedcontact")
    assert HE_FANG not in str(row) and HE_FANG.encode() not in bytes(row["number"])


@pytest.mark.rule("CUS-07", "REC-02")
def test_what_was_kept_of_a_contact_goes_with_the_customer(cast: Cast) -> None:
    li_min = cast.clerk()
    firm = cast.registered(li_min, firm_given()).id
    contact_of(firm, li_min, at=cast.now, document=HE_FANG)
    request = DeletionRequest.objects.create(
        party_id=firm, hall_id=li_min.hall_id, by_id=li_min.user_id, at=cast.now
    )
    with transaction():
        done = erase(request_id=request.pk, by=li_min, at=cast.later(minutes=1))
    assert done.gone["contacts"] == 1
    row = AuthorisedContact.objects.get()
    assert (row.name, row.number, row.phone) == ("（已删除）", "", None) and row.ended_at == cast.now
