"""Halls, roles, sessions and the trail: what belongs to a hall, who may do what where, and that nobody rewrites it."""

from datetime import timedelta
from http.cookies import SimpleCookie
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils.timezone import now

from onehall.contexts.organisation import api as organisation
from onehall.contexts.organisation.models import Counter, Hall
from onehall.foundation.audit import trail, verify
from onehall.foundation.audit.chain import seal
from onehall.foundation.database import fetch_all
from onehall.foundation.database import transaction as journey
from onehall.foundation.identity.middleware import SESSION_COOKIE
from onehall.foundation.identity.queries import presence
from onehall.foundation.profiles import load_profile
from onehall.foundation.scopes import NotPermitted, Scope
from onehall.journeys.open_drawer import open_drawer
from onehall.journeys.void_sale import void_sale
from tests.cast import Cast, count
from tests.journeys.at_once import MOST_LINES

EVERYWHERE = Scope.operator()
DAWEI = load_profile("dawei")
OF_A_HALL = (
    "orders_basket", "orders_serviceorder", "ledger_payment", "ledger_receipt", "custody_drawersession",
    "fieldwork_workorder", "numbers_book", "documents_document", "audit_auditentry",
)  # fmt: skip
OF_THE_OPERATOR = (
    "customers_premises",
    "subscriptions_subscription",
    "subscriptions_term",
    "catalogue_offering",
)


@pytest.mark.rule("ORG-01")
def test_business_belongs_to_one_hall_and_services_to_the_operator(cast: Cast) -> None:
    cast.new_line(cast.clerk())
    hall = Hall.objects.get(code="xinyuan").pk
    for table in OF_A_HALL:
        (column,) = fetch_all(
            "select is_nullable from information_schema.columns where table_name = %(t)s and column_name = 'hall_id'",
            {"t": table},
        )
        assert column["is_nullable"] == "NO", f"{table} may belong to no hall"
    for table in ("orders_serviceorder", "ledger_payment", "ledger_receipt", "fieldwork_workorder"):
        assert [row["hall_id"] for row in fetch_all(f"select hall_id from {table}")] == [hall]
    for table in OF_THE_OPERATOR:
        columns = fetch_all(
            "select column_name from information_schema.columns where table_name = %(t)s and column_name = 'hall_id'",
            {"t": table},
        )
        assert not columns, f"{table} belongs to the operator"


@pytest.mark.rule("ORG-02")
def test_every_role_of_a_community_hall_has_somebody_and_its_own_work(cast: Cast) -> None:
    hall = Hall.objects.get(code="xinyuan").pk
    work = {
        "manager": "policy.change", "clerk": "payment.take", "agent": "work.followup", "project_manager": "work.accept",
        "installer": "work.visit", "cashier_auditor": "audit.view",
    }  # fmt: skip
    for role, permission in work.items():
        people = organisation.people(scope=EVERYWHERE, hall_id=hall, role=role)
        assert people, f"nobody is {role} in 馨苑厅"
        assert cast.sign_in(people[0].staff_no).may(permission), f"{people[0].name} cannot do {permission}"


@pytest.mark.rule("ORG-06", "SEC-10")
def test_permissions_are_those_of_the_hall_one_works_in_today(cast: Cast) -> None:
    wu_qian = cast.sign_in("0215")
    assert wu_qian.may("payment.take") and wu_qian.may("work.followup"), "two roles in one hall add up"
    ma_jun = cast.sign_in("0101", hall="guandi")
    assert ma_jun.halls is None and ma_jun.may("board.view") and not ma_jun.may("payment.take")
    with pytest.raises(NotPermitted):
        open_drawer(intent=uuid4(), counted={10000: 5}, remark="", by=cast.sign_in("0232"), at=cast.now)
    paid = cast.new_line(cast.clerk())
    with pytest.raises(NotPermitted):
        void_sale(
            payment_id=paid.payment_id,
            reason="试",
            copies_present=3,
            intent=uuid4(),
            by=cast.sign_in("0221"),
            at=cast.now,
        )


@pytest.mark.rule("ORG-07")
def test_the_directory_of_the_profile_stands_on_the_page_of_its_hall(cast: Cast) -> None:
    cast.now = now()
    clerk = cast.sign_in("0213")
    page = _page(cast, clerk.session_id or 0, "/board/directory/")
    entries = organisation.directory(clerk.hall_id, scope=clerk.scope)
    assert len(entries) >= 5 and {entry.purpose for entry in entries} >= {"fault"}
    for entry in entries:
        assert entry.number in page and entry.name.zh in page


def _page(cast: Cast, session: int, address: str) -> str:
    client = Client()
    client.cookies = SimpleCookie({SESSION_COOKIE: cast.tokens[session]})
    return client.get(address).content.decode()


@pytest.mark.rule("SEC-08")
def test_five_wrong_passwords_lock_the_sign_in_also_for_the_right_one(cast: Cast) -> None:
    hall = Hall.objects.get(code="xinyuan").pk
    seat = Counter.objects.get(hall_id=hall, no="3").pk
    client = Client()

    def sign_in(password: str) -> int:
        form = {"staff_no": "0213", "password": password, "place": f"{hall}-{seat}"}
        return client.post("/sign-in", form).status_code

    assert sign_in(DAWEI.demo_password) == 302
    assert client.cookies[SESSION_COOKIE]["httponly"] and client.cookies[SESSION_COOKIE]["samesite"] == "Lax"
    (session,) = fetch_all("select hall_id, counter_id from identity_session where ended_at is null")
    assert session == {"hall_id": hall, "counter_id": seat}, "a session is bound to its counter"
    assert [sign_in("falsch") for _ in range(5)] == [401] * 4 + [423]
    assert sign_in(DAWEI.demo_password) == 423


@pytest.mark.rule("SEC-08")
def test_a_session_ends_when_its_person_leaves_idles_or_signs_out(cast: Cast) -> None:
    cast.now = now()
    clerk = cast.sign_in("0213", counter="3")
    token = cast.tokens[clerk.session_id or 0]
    assert presence(token=token, at=cast.now) is not None
    assert presence(token=token, at=cast.now + timedelta(minutes=31)) is None
    client = Client()
    client.cookies = SimpleCookie({SESSION_COOKIE: token})
    client.post("/sign-out")
    assert presence(token=token, at=cast.now) is None
    answer = Client(headers={"Cookie": f"{SESSION_COOKIE}={token}"}).get("/desk/")
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/sign-in")


@pytest.mark.rule("SEC-09")
@pytest.mark.parametrize(
    "line", ["update audit_auditentry set action = 'nothing'", "delete from audit_auditentry"]
)
def test_a_sale_leaves_a_trail_that_nobody_can_rewrite(cast: Cast, line: str) -> None:
    paid = cast.new_line(cast.clerk())
    (entry,) = trail(scope=EVERYWHERE, limit=5, action="payment.taken")
    assert (entry.subject_id, entry.staff_no) == (str(paid.payment_id), "0213")
    assert "王建国" not in str(entry.details)
    with pytest.raises(DatabaseError), transaction.atomic():
        fetch_all(line)
    with journey():
        seal(limit=MOST_LINES)
    verdict = verify()
    assert verdict.sound and verdict.unsealed == 0 and verdict.lines == count("audit_auditentry")


@pytest.mark.rule("SEC-09")
def test_whoever_gets_past_the_database_is_found_by_the_chain(cast: Cast) -> None:
    cast.new_line(cast.clerk())
    with journey():
        seal(limit=MOST_LINES)
    (entry,) = trail(scope=EVERYWHERE, limit=1, action="payment.taken")
    fetch_all("set local session_replication_role = replica")
    fetch_all("update audit_auditentry set details = '{}' where id = %(id)s", {"id": entry.id})
    fetch_all("set local session_replication_role = origin")
    verdict = verify()
    assert not verdict.sound and verdict.broken == entry.id
