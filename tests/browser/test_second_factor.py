"""A passkey in a real browser: added, asked for at the next sign-in, and removed (SEC-08)."""

import pytest

from tests.browser.conftest import Screen
from tests.conftest_server import HallServer

AUDITOR, PASSWORD = "0241", "onehall-demo"
DEVICE = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


@pytest.mark.parts("chromium")
@pytest.mark.rule("SEC-08")
def test_a_passkey_is_added_opens_the_next_sign_in_and_is_removed(
    hall_server: HallServer, screen: Screen
) -> None:
    here = hall_server.url.replace("127.0.0.1", "localhost")
    page = screen(f"{here}/sign-in")
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})

    def sign_in() -> None:
        page.goto(f"{here}/sign-in")
        places = page.locator("[name=place] option").all()
        page.select_option(
            "[name=place]", next(v for v in (p.get_attribute("value") for p in places) if v and "-" not in v)
        )
        page.fill("[name=staff_no]", AUDITOR)
        page.fill("[name=password]", PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(lambda address: not address.endswith("/sign-in"))

    sign_in()
    page.goto(f"{here}/account/security")
    page.fill("[name=password]", PASSWORD)
    page.click("button[value=passkey]")
    page.wait_for_selector("form[data-passkey=create]")
    page.fill("[name=name]", "台席电脑")
    page.keyboard.press("F9")
    page.wait_for_selector("#codes")
    assert "台席电脑" in page.inner_text("main") and page.inner_text("#codes").count("\n") >= 9
    page.context.clear_cookies(name="onehall_session")
    sign_in()
    page.wait_for_url("**/sign-in/second**")
    page.keyboard.press("F9")
    page.wait_for_url(lambda address: "/sign-in" not in address)
    page.goto(f"{here}/account/security")
    page.click("text=删除")
    page.wait_for_load_state("domcontentloaded")
    page.wait_for_selector("text=还没有")
