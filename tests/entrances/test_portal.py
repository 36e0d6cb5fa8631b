"""Customers look after their own account: the first password is changed first, guessing is stopped, nothing is in the clear."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from onehall.contexts.provisioning import api as provisioning
from onehall.foundation.database import transaction
from onehall.foundation.scopes import Scope
from tests import network_life as net
from tests.cast import Cast, count, dwelling, wang

ACCOUNT, FIRST, OWN, DOCUMENT = "dw0120502", "a123456", "wang8502home", "610113196803028888"
MINUTE = timedelta(minutes=1)


class Home:
    """王建国's phone, at the cast's time."""

    def __init__(self, cast: Cast, address: str = "203.0.113.9") -> None:
        self.cast, self.client = cast, Client(REMOTE_ADDR=address)

    def get(self, address: str = "/my/") -> Any:
        return self.client.get(address)

    def sign_in(self, password: str = FIRST, account: str = ACCOUNT) -> Any:
        return self.client.post("/my/sign-in", {"account": account, "password": password})

    def choose(self, new: str = OWN, proof: str = "", again: str = "") -> Any:
        proof = proof or self.cast.proof
        return self.client.post("/my/password", {"proof": proof, "new": new, "again": again or new})


def said(answer: Any) -> str:
    text: str = answer.content.decode()
    return text


@pytest.fixture
def home(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A line that 王建国 bought ten days ago."""
    monkeypatch.setattr("onehall.foundation.identity.middleware.now", lambda: cast.now)
    clerk = cast.clerk()
    given = wang()
    card = cast.registered(clerk, given)
    basket = cast.basket(clerk, card.id, dwelling("dw", "1", "2", "502"), ("new_broadband", "bb20-year"))
    cast.pay(clerk, basket.id)
    cast.later(days=10)
    cast.proof = given.document.number[-4:]  # type: ignore[attr-defined]
    return Home(cast)


@pytest.mark.rule("LAW-03")
def test_nothing_is_shown_before_the_first_password_is_changed(home: Home) -> None:
    assert home.get().headers["Location"] == "/my/sign-in"
    assert home.sign_in().headers["Location"] == "/my/"
    assert home.get().headers["Location"] == "/my/password"
    assert "密码换好了" in said(home.choose())
    page = said(home.get())
    assert "2027-12" in page or "2027-11" in page
    assert home.sign_in(FIRST).status_code == 401
    assert home.sign_in(OWN).status_code == 303
    access = provisioning.access(account=ACCOUNT, at=home.cast.now, scope=Scope.operator())
    assert access is not None
    assert not access.must_change


@pytest.mark.rule("LAW-03", "SEC-02")
def test_a_neighbour_who_guesses_account_and_first_password_gets_no_further(home: Home) -> None:
    home.sign_in()
    for _ in range(4):
        assert home.choose(proof="0000").status_code == 403
    assert home.choose(proof="0000").status_code == 423
    assert home.get().headers["Location"] == "/my/sign-in", "the session ended with the lock"
    assert home.sign_in().status_code == 423
    assert count("audit_auditentry", "action = 'portal.proof_failed'") == 5


@pytest.mark.rule("LAW-03")
@pytest.mark.parametrize(
    "bad", ["short1", FIRST, "GROSS12345", "dw0120502x", "aaaaaaaaaa", "pass word12", "密码密码密码密码"]
)
def test_a_password_that_is_easy_or_that_devices_refuse_is_not_taken(home: Home, bad: str) -> None:
    home.sign_in()
    assert home.choose(bad).status_code == 400
    assert home.sign_in(FIRST).status_code == 303


def test_two_different_entries_change_nothing(home: Home) -> None:
    home.sign_in()
    assert "两次输入的不一样" in said(home.choose(OWN, again="another9999"))
    assert home.sign_in(FIRST).status_code == 303


@pytest.mark.rule("SEC-08")
def test_guessing_locks_the_account_for_a_while_whether_it_exists_or_not(home: Home) -> None:
    for account in (ACCOUNT, "dw9999999"):
        answers = [home.sign_in("wrong123", account).status_code for _ in range(6)]
        assert answers == [401, 401, 401, 401, 423, 423]
    assert home.sign_in(FIRST).status_code == 423
    home.cast.later(minutes=16)
    assert home.sign_in(FIRST).status_code == 303


@pytest.mark.rule("SEC-08")
def test_trying_one_password_on_many_accounts_locks_the_place_it_comes_from(home: Home) -> None:
    statuses = [home.sign_in(FIRST, f"dw99{number:05d}").status_code for number in range(31)]
    assert statuses == [*[401] * 29, 423, 423]
    assert home.sign_in().status_code == 423
    assert Home(home.cast, "198.51.100.7").sign_in().status_code == 303, "others sign in meanwhile"


@pytest.mark.rule("SEC-08")
def test_a_session_ends_when_idle_and_by_signing_out(home: Home) -> None:
    home.sign_in()
    home.choose()
    other = Home(home.cast)
    other.sign_in(OWN)
    assert home.get().status_code == 200
    assert home.client.post("/my/sign-out").headers["Location"] == "/my/sign-in"
    assert other.get().headers["Location"] == "/my/sign-in"
    home.sign_in(OWN)
    home.cast.later(minutes=21)
    assert home.get().headers["Location"] == "/my/sign-in"


@pytest.mark.rule("LAW-03", "SEC-08")
def test_a_password_reset_at_the_hall_must_be_changed_again(home: Home) -> None:
    home.sign_in()
    home.choose()
    with transaction():
        policy = provisioning.SecretPolicy("a123456", 10, 1000, keep_clear=False)
        provisioning.reset_secret(
            account=ACCOUNT, policy=policy, by=home.cast.sign_in("0201"), at=home.cast.now
        )
    assert home.get().headers["Location"] == "/my/password"


@pytest.mark.rule("NET-04", "SEC-07")
def test_the_page_tells_term_speed_traffic_session_and_the_price_of_a_renewal_masked(home: Home) -> None:
    now = home.cast.now
    net.device(now)
    net.on_line(ACCOUNT, now - 90 * MINUTE, now - MINUTE)
    net.traffic(ACCOUNT, now, 1.5, 12.5)
    home.sign_in()
    home.choose()
    page = said(home.get())
    for told in ("网络正常", "下行 20 · 上行 4 Mbit/s", "12.5", "880.00", "王*国", ACCOUNT):
        assert told in page, told
    for hidden in ("王建国", "1#-2-502", "100.64.3.9", "aa:bb:cc", "馨苑BRAS"):
        assert hidden not in page, hidden
    home.client.cookies["onehall_lang"] = "en"
    assert "All is well" in said(home.get())


@pytest.mark.rule("BIL-01", "NET-04")
def test_an_expired_customer_still_signs_in_and_learns_what_to_do(home: Home) -> None:
    home.cast.later(days=400)
    home.sign_in()
    home.choose()
    page = said(home.get())
    assert "已到期，网络停了" in page
    assert "续费后几秒内自动恢复" in page


@pytest.mark.rule("ADR-07", "SEC-08")
def test_an_account_that_was_given_up_opens_nothing(home: Home) -> None:
    home.sign_in()
    home.choose()
    with transaction():
        provisioning.withdraw_access(account=ACCOUNT, at=home.cast.now)
    assert home.get().headers["Location"] == "/my/sign-in"
    assert home.sign_in(OWN).status_code == 401


def test_staff_and_customers_do_not_open_each_others_pages(home: Home) -> None:
    home.sign_in()
    home.choose()
    assert home.client.get("/desk/").status_code == 302
    staff = Client()
    staff.cookies["onehall_session"] = home.cast.tokens[home.cast.sign_in("0201").session_id or 0]
    assert staff.get("/my/").headers["Location"] == "/my/sign-in"
