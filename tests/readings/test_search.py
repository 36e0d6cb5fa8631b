"""The one box: whatever of a customer is typed leads to them (CUS-04)."""

from dataclasses import dataclass

import pytest

from onehall.contexts.customers.api import (
    CustomerCard,
    DocumentGiven,
    DocumentKind,
    Paper,
    PaperKind,
    PartyKind,
    dwelling,
    establish_compound,
    establish_premises,
)
from onehall.contexts.subscriptions.models import Subscription
from onehall.foundation.database import fetch_all
from onehall.foundation.scopes import Actor, Scope
from onehall.readings import search as reading
from onehall.readings.search import Hit, search
from tests.rooms.reception import NOON, hall, liu, register, resident_id, staff, wang

ALL = Scope.operator()


@dataclass(frozen=True)
class Town:
    """王建国 and 刘芳 with broadband in 柳花苑, and a firm."""

    clerk: Actor
    wang: CustomerCard
    liu: CustomerCard
    firm: CustomerCard


@pytest.fixture
def town(db: None) -> Town:
    clerk = staff(hall())
    establish_compound(code="lh", name="柳花苑", name_en="Liuhua Yuan", by=None, at=NOON)
    establish_premises(compound="lh", dwellings=[("1", "2", "502"), ("1", "2", "601")], by=None, at=NOON)
    firm = wang(
        kind=PartyKind.ORGANISATION,
        name="青山里网络有限公司",
        document=DocumentGiven(DocumentKind.CREDIT_CODE, "91110000600037341L"),
        phones=("029-68699001",),
        papers=(
            Paper(PaperKind.INTRODUCTION_LETTER, original=True),
            Paper(PaperKind.POWER_OF_ATTORNEY, original=True, sealed=True),
        ),
    )
    people = [register(given, clerk) for given in (wang(), liu(), firm)]
    for card, room, account, serial in (
        (people[0], "502", "lh0120502", "LH20261121004"),
        (people[1], "601", "lh0120601", "LH20261121005"),
    ):
        home = dwelling(compound="lh", building="1", unit="2", room=room, scope=ALL)
        Subscription.objects.create(
            party_id=card.id, dwelling_id=home.id, kind="broadband", account_name=account, serial=serial,
            opened_at=NOON, by_id=clerk.user_id,
        )  # fmt: skip
    return Town(clerk, *people)


def first(typed: str, kind: str) -> Hit:
    found = [hit for hit in search(typed, scope=ALL) if hit.kind == kind]
    assert found, typed
    return found[0]


@pytest.mark.rule("CUS-04")
@pytest.mark.parametrize(
    "typed",
    [
        "王建国", "王建", "王", "建国", "wjg", "WJG", "wj", "wangjianguo", "wang jian", "王建国 6021", "王建国6021", "wjg6021",
        "13812346021", "138 1234 6021", "１３８１２３４６０２１", "+8613812346021", "6021", resident_id(), resident_id().lower(),
        resident_id()[-4:], f"王建国{resident_id()[-4:]}",
    ],
)  # fmt: skip
def test_a_customer_is_found_by(typed: str, town: Town) -> None:
    hit = first(typed, "person")
    assert (hit.id, hit.party_id, hit.title) == (town.wang.id, town.wang.id, "王建国")


@pytest.mark.rule("CUS-04")
@pytest.mark.parametrize(
    "typed", ["青山里", "网络", "有限公司", "qslwl", "02968699001", "6869 9001", "91110000600037341l"]
)
def test_a_firm_is_found_by(typed: str, town: Town) -> None:
    hit = first(typed, "person")
    assert (hit.id, hit.badge) == (town.firm.id, "单位客户")


@pytest.mark.rule("CUS-04", "ADR-02")
@pytest.mark.parametrize("typed", ["lh0120502", "LH0120502", "lh0120", "lh", "0502", "20502"])
def test_an_account_is_found_whole_by_its_beginning_and_by_its_end(typed: str, town: Town) -> None:
    hit = first(typed, "account")
    assert (hit.title, hit.subtitle, hit.party_id) == ("lh0120502", "王建国", town.wang.id)


@pytest.mark.rule("CUS-04")
@pytest.mark.parametrize("typed", ["LH20261121004", "lh20261121004", "lh202611"])
def test_a_form_serial_is_found(typed: str, town: Town) -> None:
    assert (first(typed, "serial").title, first(typed, "serial").party_id) == ("LH20261121004", town.wang.id)


@pytest.mark.rule("CUS-04", "ADR-01")
@pytest.mark.parametrize(
    "typed", ["柳花苑1号楼2单元502室", "柳花苑 1-2-502", "1-2-502", "lh1-2-502", "１＃－２－５０２"]
)
def test_an_address_leads_to_whoever_lives_there(typed: str, town: Town) -> None:
    hit = first(typed, "address")
    assert (hit.title, hit.subtitle, hit.party_id) == ("柳花苑1号楼2单元502室", "王建国", town.wang.id)
    assert search(typed, scope=ALL, lang="en")[0].title == "Liuhua Yuan, Building 1, Unit 2, Room 502"


@pytest.mark.rule("CUS-04", "ADR-01")
def test_a_building_and_a_compound_are_found_too(town: Town) -> None:
    assert first("柳花苑1号楼", "address").title == "柳花苑1号楼"
    assert first("柳花苑", "address").party_id is None


@pytest.mark.rule("CUS-04", "SEC-10")
def test_a_receipt_is_found_in_its_own_hall_only(db: None) -> None:
    from tests.rooms.till import accounts, till

    accounts()
    desk = till()
    desk.receipt(desk.pay(), number="0042037")
    hit = search("0042037", scope=desk.clerk.scope)[0]
    assert (hit.kind, hit.title, hit.party_id) == ("receipt", "0042037", desk.party)
    assert search("0042037", scope=Scope.of(desk.hall + 1)) == []


@pytest.mark.rule("SEC-07")
def test_hits_are_masked(town: Town) -> None:
    shown = str([search(typed, scope=ALL) for typed in ("王建国", "13812346021", "lh0120502", resident_id())])
    assert "13812346021" not in shown
    assert resident_id() not in shown
    assert "138****6021" in shown


@pytest.mark.parametrize(
    "typed",
    ["", " ", "\x00", "%", "_", "'; drop table", "王%", "9" * 500, "𠮷", "x" * 500, "١٢٣٤", "1-", "-"],
)
def test_whatever_is_typed_nothing_breaks_and_nobody_wrong_is_found(typed: str, town: Town) -> None:
    assert search(typed, scope=ALL) == []


def test_the_answer_is_short_and_says_each_thing_once(town: Town) -> None:
    assert len(search("w", scope=ALL, limit=1)) == 1
    hits = search("6021", scope=ALL)
    assert len({(hit.kind, hit.id) for hit in hits}) == len(hits)


@pytest.mark.rule("SEC-10")
def test_somebody_who_works_in_no_hall_finds_nothing(town: Town) -> None:
    assert search("王建国", scope=Scope.of()) == []


@pytest.mark.parametrize(
    "typed", ["王建国", "建国", "wjg", "lh0120502", "柳花苑1号楼", "wjg6021", "王建国6021", "有限公司"]
)
def test_no_lookup_reads_a_table_through(typed: str, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """With sequential scans priced out, whatever has an index uses it; what has none would still scan."""
    plans: list[str] = []

    def explained(sql: str, facts: object = None) -> list[dict[str, object]]:
        plans.extend(str(row) for row in fetch_all(f"explain {sql}", facts))  # type: ignore[arg-type]
        return fetch_all(sql, facts)  # type: ignore[arg-type]

    fetch_all("set local enable_seqscan = off")
    monkeypatch.setattr(reading, "fetch_all", explained)
    search(typed, scope=ALL)
    assert plans
    assert [line for line in plans if "Seq Scan" in line] == []
