"""The customers room: one customer a document, everything masked, nothing opened without a purpose."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from django.db import DatabaseError, connections

from onehall.contexts.customers.api import (
    AlreadyRegistered,
    AskedByAnother,
    BadDocument,
    CustomerNotFound,
    DocumentGiven,
    DocumentKind,
    GuardianNeeded,
    PapersMissing,
    PurposeKind,
    PurposeNeeded,
    PurposeStated,
    Verification,
    break_glass_purposes,
    card,
    card_of_document,
    compounds,
    log_refusal,
    purposes_of,
    record,
    reveal_field,
    state_purpose,
)
from onehall.contexts.customers.models import AccessPurpose, AccessRefusal, Agent, PaperShown, Party
from onehall.foundation.database import fetch_all, transaction
from onehall.foundation.scopes import Actor, Scope
from tests.rooms.reception import (
    AGENT_PAPERS,
    LATER,
    NOON,
    SOON,
    guardian,
    hall,
    liu,
    policies,
    register,
    resident_id,
    staff,
    wang,
)

PRESENT = PurposeStated(PurposeKind.PRESENT_VERIFIED, Verification.ID_DOCUMENT)
ALL = Scope.operator()


@pytest.fixture
def clerk(db: None) -> Actor:
    return staff(hall())


def state(party_id: int, by: Actor, stated: PurposeStated = PRESENT, minutes: int = 30) -> None:
    book = policies(**{"customers.purpose_validity": minutes})
    state_purpose(party_id=party_id, stated=stated, book=book, by=by, at=NOON)  # type: ignore[arg-type]


@pytest.mark.rule("SEC-07", "CUS-02")
def test_a_registered_customer_shows_a_masked_card(clerk: Actor) -> None:
    shown = register(wang(), clerk)
    assert (shown.name, shown.document_masked, shown.phone_masked) == (
        "王建国",
        "610" + "*" * 11 + resident_id()[-4:],
        "138****6021",
    )
    assert card(shown.id, scope=clerk.scope) == shown
    assert card_of_document(DocumentKind.RESIDENT_ID, resident_id().lower(), scope=ALL) == shown


@pytest.mark.rule("CUS-01")
def test_the_papers_shown_are_kept_with_who_saw_them(clerk: Actor) -> None:
    party = register(wang(agent=guardian(), papers=AGENT_PAPERS), clerk)
    kept = (
        PaperShown.objects.filter(party_id=party.id)
        .order_by("id")
        .values_list("kind", "original", "copy", "by_id")
    )
    assert list(kept) == [
        ("identity_document", False, True, clerk.user_id),
        ("agent_document", True, True, clerk.user_id),
    ]
    assert Agent.objects.get(party_id=party.id).name == "刘芳"


@pytest.mark.rule("CUS-01")
def test_an_agent_without_a_copy_of_the_customers_document_is_sent_back(clerk: Actor) -> None:
    with pytest.raises(PapersMissing) as refused:
        register(wang(agent=guardian(), papers=AGENT_PAPERS[1:]), clerk)
    assert "客户证件复印件" in refused.value.sentence("zh")


@pytest.mark.rule("CUS-02")
def test_a_wrong_number_is_refused_and_nothing_is_kept(clerk: Actor) -> None:
    typed = resident_id()[:-1] + ("0" if resident_id()[-1] != "0" else "1")
    with pytest.raises(BadDocument):
        register(wang(document=DocumentGiven(DocumentKind.RESIDENT_ID, typed)), clerk)
    assert not Party.objects.exists()


@pytest.mark.rule("CUS-02")
def test_a_known_document_names_its_customer_without_telling_more(clerk: Actor) -> None:
    known = register(wang(), clerk)
    with pytest.raises(AlreadyRegistered) as refused:
        register(wang(name="王建军"), clerk)
    assert refused.value.party_id == known.id
    assert "王*国" in refused.value.sentence("zh")
    assert resident_id() not in refused.value.sentence("zh")


@pytest.mark.rule("LAW-30")
def test_a_child_comes_with_a_guardian(clerk: Actor) -> None:
    child = wang(document=DocumentGiven(DocumentKind.RESIDENT_ID, resident_id("20150601")))
    with pytest.raises(GuardianNeeded):
        register(child, clerk)
    assert register(replace(child, agent=guardian(), papers=AGENT_PAPERS), clerk).name == "王建国"


@pytest.mark.rule("SEC-01")
def test_the_full_record_opens_with_a_purpose_for_as_long_as_the_policy_says(clerk: Actor) -> None:
    party = register(wang(address="曲江池边大树下"), clerk)
    with pytest.raises(PurposeNeeded):
        record(party.id, user_id=clerk.user_id, at=SOON, scope=clerk.scope)
    state(party.id, clerk, minutes=30)
    opened = record(party.id, user_id=clerk.user_id, at=SOON, scope=clerk.scope)
    assert [(p.copy, p.shown_at, p.by_name) for p in opened.papers] == [(True, NOON, "李敏")]
    assert [p.masked for p in opened.particulars][1:] == ["138****6021", "曲江池****"]
    with pytest.raises(PurposeNeeded):
        record(party.id, user_id=clerk.user_id, at=LATER, scope=clerk.scope)


@pytest.mark.rule("SEC-01")
def test_one_clerks_purpose_opens_nothing_to_another(clerk: Actor) -> None:
    party = register(wang(), clerk)
    state(party.id, clerk)
    neighbour = staff(clerk.hall_id, "0214", "赵敏")
    with pytest.raises(PurposeNeeded):
        record(party.id, user_id=neighbour.user_id, at=SOON, scope=neighbour.scope)


@pytest.mark.rule("SEC-01")
def test_a_purpose_opens_one_customer_only(clerk: Actor) -> None:
    state(register(wang(), clerk).id, clerk)
    with pytest.raises(PurposeNeeded):
        record(register(liu(), clerk).id, user_id=clerk.user_id, at=SOON, scope=clerk.scope)


@pytest.mark.rule("SEC-02")
def test_who_asks_for_somebody_else_is_refused(clerk: Actor) -> None:
    party = register(wang(), clerk)
    with pytest.raises(AskedByAnother) as refused:
        state(party.id, clerk, replace(PRESENT, for_self=False))
    log_refusal(party_id=party.id, refusal=refused.value, reason="妻子查话单", by=clerk, at=NOON)
    kept = AccessRefusal.objects.get()
    assert (kept.party_id, kept.by_id, kept.rule) == (party.id, clerk.user_id, "SEC-02")
    assert not AccessPurpose.objects.exists()


@pytest.mark.rule("SEC-01")
def test_the_manager_sees_the_halls_break_glass_of_the_day(clerk: Actor) -> None:
    elsewhere = staff(hall("h2"), "0301", "孙丽")
    for by in (clerk, elsewhere):
        party = register(wang() if by is clerk else liu(), by)
        state(party.id, by, PurposeStated(PurposeKind.BREAK_GLASS, reason="抢修联系住户"))
    shown = break_glass_purposes(start=NOON, end=LATER, scope=clerk.scope)
    assert [(p.by_name, p.reason) for p in shown] == [("李敏", "抢修联系住户")]
    assert len(break_glass_purposes(start=NOON, end=LATER, scope=ALL)) == 2
    assert break_glass_purposes(start=SOON, end=LATER, scope=ALL) == []


@pytest.mark.rule("SEC-07")
def test_one_field_at_a_time_is_shown_in_the_clear(clerk: Actor) -> None:
    party = register(wang(agent=guardian(), papers=AGENT_PAPERS, address="曲江池边大树下"), clerk)
    state(party.id, clerk)
    opened = record(party.id, user_id=clerk.user_id, at=SOON, scope=clerk.scope)
    clear = {
        p.field.split(":")[0]: reveal_field(party_id=party.id, field=p.field, by=clerk, at=SOON).value
        for p in opened.particulars
    }
    assert clear == {
        "document": resident_id(),
        "phone": "13812346021",
        "address": "曲江池边大树下",
        "agent_document": resident_id("19920315", "226"),
        "agent_phone": "13992340077",
    }


@pytest.mark.rule("SEC-07")
def test_a_field_of_another_customer_is_not_shown_under_this_ones_purpose(clerk: Actor) -> None:
    party, other = register(wang(), clerk), register(liu(), clerk)
    state(party.id, clerk)
    state(other.id, clerk)
    foreign = record(other.id, user_id=clerk.user_id, at=SOON, scope=clerk.scope).particulars[0].field
    for field in (foreign, "document:0", "name", "document:x", ""):
        with pytest.raises(CustomerNotFound):
            reveal_field(party_id=party.id, field=field, by=clerk, at=SOON)


@pytest.mark.rule("SEC-07")
def test_the_customer_can_be_told_who_looked_and_why(clerk: Actor) -> None:
    party = register(wang(), clerk)
    state(party.id, clerk)
    state(party.id, clerk, PurposeStated(PurposeKind.OPEN_CASE, case="DW20261121004"))
    looked = purposes_of(party.id, scope=ALL, limit=10)
    assert [(p.kind, p.by_name, p.case) for p in looked] == [
        (PurposeKind.OPEN_CASE, "李敏", "DW20261121004"),
        (PurposeKind.PRESENT_VERIFIED, "李敏", ""),
    ]


@pytest.mark.rule("SEC-01")
def test_a_purpose_cannot_be_altered_afterwards(clerk: Actor) -> None:
    state(register(wang(), clerk).id, clerk)
    with pytest.raises(DatabaseError), connections["default"].cursor() as cursor:
        cursor.execute("update customers_accesspurpose set reason = 'other'")


@pytest.mark.rule("SEC-10")
def test_somebody_who_works_in_no_hall_sees_no_customer(clerk: Actor) -> None:
    party = register(wang(), clerk)
    with pytest.raises(CustomerNotFound):
        card(party.id, scope=Scope.of())
    assert compounds(scope=Scope.of()) == []


@pytest.mark.rule("SEC-07")
def test_published_views_hold_nothing_to_decrypt(clerk: Actor) -> None:
    register(wang(), clerk)
    views = fetch_all(
        "select table_name, column_name from information_schema.columns where table_name like 'pub\\_customers\\_%%'"
    )
    assert len({row["table_name"] for row in views}) == 12
    assert not {row["column_name"] for row in views} & {"number", "phone", "address", "old", "new", "picture"}


@pytest.mark.rule("CUS-02")
def test_two_clerks_register_the_same_document_at_the_same_instant(real_db: str) -> None:
    clerks = [staff(hall(f"h{i}"), f"021{i}", "李敏") for i in range(4)]

    def attempt(by: Actor) -> str:
        try:
            with transaction():
                return f"party {register(wang(), by).id}"
        except AlreadyRegistered as refused:
            return f"open {refused.party_id}"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(clerks)) as pool:
        answers = sorted(pool.map(attempt, clerks), reverse=True)
    party_id = answers[0].removeprefix("party ")
    assert answers == [f"party {party_id}", *[f"open {party_id}"] * 3]
    assert Party.objects.count() == 1
