"""Every page is usable by everybody: axe-core finds no serious or critical fault of WCAG 2.2 A and AA, in light and in dark."""

import json
from collections.abc import Iterator, Sequence
from importlib.resources import files

import pytest
from playwright.sync_api import Page, expect

from onehall.contexts.fieldwork import api as fieldwork
from onehall.contexts.orders import api as orders
from onehall.contexts.subscriptions import api as subscriptions
from onehall.foundation.scopes import Actor, Scope
from tests.browser.conftest import PHONE
from tests.browser.desk_room import DeskRoom, Household, room
from tests.browser.test_sign_in import PASSWORD

__all__ = ["room"]
pytestmark = pytest.mark.parts("chromium")

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
RUN = """(async (theme) => {
  const everything = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] };
  const colours = { type: 'rule', values: ['color-contrast'] };
  const found = await axe.run(document, {
    runOnly: theme === 'again' ? colours : everything, resultTypes: ['violations'],
  });
  return found.violations.filter((one) => ['serious', 'critical'].includes(one.impact))
    .map((one) => [one.id, one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160))]);
})"""
BOARD = (
    "/board/", "/board/work/", "/board/work/register", "/board/network/", "/board/network/sessions",
    "/board/network/waiting", "/board/network/devices", "/board/network/devices/new", "/board/backdated/",
    "/board/duplicates/", "/board/policies/", "/board/policies/fees.router_visit", "/board/audit/", "/board/exports/",
    "/board/exports/receipts", "/board/key-accounts/", "/board/registers/", "/board/imports/", "/board/webhooks/", "/board/webhooks/new", "/board/tokens/",
    "/board/directory/", "/board/accuracy/", "/board/approvals/", "/board/orders/", "/board/orders/list", "/board/samples/",
    "/board/privacy/", "/board/lost/", "/board/notices/", "/board/matters/", "/board/instructions/", "/board/staff/",
    "/board/drawers/", "/board/deposits/", "/board/deposits/bank", "/board/books/", "/board/months/", "/board/calendar/",
    "/account/security", "/rules/CHG-02",
)  # fmt: skip
ANYBODY = ("/sign-in", "/v/", "/my/sign-in")


def faults(page: Page, *, again: bool = False) -> list[str]:
    """What axe objects to on the page as it stands, in the theme it has; `again` looks at its colours only."""
    page.wait_for_load_state("domcontentloaded")
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE)
    return [
        f"{page.url} {json.dumps(one, ensure_ascii=False)}"
        for one in page.evaluate(RUN, "again" if again else "first")
    ]


def both(page: Page, address: str, themes: Sequence[str] = ("light", "dark")) -> Iterator[str]:
    """Faults in light and in dark; the theme follows the machine."""
    page.goto(address)
    for turn, theme in enumerate(themes):
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        yield from faults(page, again=turn > 0)


def desk_pages(room: DeskRoom, by: Actor, found: Household) -> list[str]:
    paid = room.payments(found)[0]
    here = f"/desk/customers/{found.party_id}"
    (line,) = subscriptions.subscriptions_at(dwelling_id=found.home, scope=Scope.operator())
    of_line = f"/desk/accounts/{line.id}"
    return [
        "/desk/todos/", "/desk/enquiries/", f"{here}/correction", f"{here}/scans", f"{here}/move?home={found.home}",
        f"{here}/standing", "/desk/display", f"{here}/privacy", f"{here}/line/{line.account_name}", f"{of_line}/ending", f"{of_line}/transfer",
        "/desk/", "/desk/help", "/desk/words", "/desk/drawer", "/desk/customers/new", "/desk/returns/", f"{here}?home={found.home}",
        "/desk/farewell", f"/desk/customers/{room.person(by).party_id}", f"/desk/baskets/{paid.basket}/payment",
        f"/desk/baskets/{paid.basket}/signature", f"/desk/payments/{paid.id}/void",
    ]  # fmt: skip


def test_no_page_of_the_desk_has_a_serious_fault_in_light_or_dark(room: DeskRoom) -> None:
    li_min = room.clerk()
    found = room.household(li_min)
    page = room.opened(li_min, found)
    said = [fault for path in desk_pages(room, li_min, found) for fault in both(page, room.hall.url + path)]
    assert not said, "\n".join(said)


@pytest.mark.parametrize(("first", "theme"), [(0, "light"), (1, "dark")])
def test_no_page_of_the_board_has_a_serious_fault(room: DeskRoom, first: int, theme: str) -> None:
    """One stylesheet: every page in one theme, every other page in the other."""
    manager = room.page(room.cast.sign_in("0201"), "/board/")
    said = [f for path in BOARD[first::2] for f in both(manager, room.hall.url + path, themes=(theme,))]
    assert not said, "\n".join(said)


def test_no_page_of_a_work_order_the_public_or_the_pocket_has_a_serious_fault(room: DeskRoom) -> None:
    found = room.household(room.clerk())
    manager = room.page(room.cast.sign_in("0201"), "/board/")
    (sold,) = orders.orders_of_basket(basket_id=room.payments(found)[0].basket, scope=Scope.operator())
    work = fieldwork.work_order_of(sold.id, scope=Scope.operator())
    assert work is not None
    said = list(both(manager, f"{room.hall.url}/board/work/{work.id}"))
    anybody = room.screen(f"{room.hall.url}/v/")
    said += [fault for path in ANYBODY for fault in both(anybody, room.hall.url + path)]
    installer = room.page(room.cast.sign_in("0233"), "/pocket/", size=PHONE)
    said += list(both(installer, f"{room.hall.url}/pocket/"))
    assert not said, "\n".join(said)


@pytest.mark.rule("API-06")
@pytest.mark.parametrize(
    ("lang", "words"),
    [("zh", "请填写“姓名（单位写全称）”。"), ("en", "Please fill in “Name (organisations in full)”.")],
)
def test_what_is_missing_is_said_in_the_pages_language_at_its_field(
    room: DeskRoom, lang: str, words: str
) -> None:
    page = room.page(room.clerk(), "/desk/customers/new", lang=lang)
    page.locator("[name=number]").fill("610102197511117774")
    page.keyboard.press("F9")
    expect(page.locator(".field", has=page.locator("[name=name]")).locator(".error")).to_have_text(words)
    expect(page.locator("[name=name]")).to_be_focused()
    page.locator("[name=name]").fill("王建国")
    expect(page.locator(".field", has=page.locator("[name=name]")).locator(".error")).to_have_text("")
    expect(page.locator("[name=number]")).to_have_value("610102197511117774")


@pytest.mark.rule("SEC-03")
def test_a_counter_nobody_touches_locks_and_keeps_what_was_typed(room: DeskRoom) -> None:
    li_min = room.clerk()
    page = room.page(li_min)
    page.clock.install()
    page.goto(f"{room.hall.url}/desk/customers/new")
    page.locator("[name=name]").fill("邓子轩")
    page.clock.fast_forward(170_000)
    expect(page.locator("#lock-soon")).to_be_visible()
    page.keyboard.press("Shift")
    expect(page.locator("#lock-soon")).to_be_hidden()
    page.clock.fast_forward(181_000)
    expect(page.get_by_role("heading", name="已锁屏")).to_be_visible()
    expect(page.locator("#main")).to_be_hidden()
    page.keyboard.press("F10")
    page.keyboard.press("Escape")
    page.keyboard.type("guessed")
    page.keyboard.press("Enter")
    expect(page.locator("#lock [data-refused]")).to_contain_text("密码不对")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_visible()
    expect(page.locator("[name=name]")).to_have_value("邓子轩")


@pytest.mark.rule("API-06")
def test_help_opens_with_a_key_on_every_surface(room: DeskRoom) -> None:
    for page in (
        room.page(room.clerk(), "/desk/drawer"),
        room.page(room.cast.sign_in("0201"), "/board/work/"),
    ):
        page.keyboard.press("?")
        expect(page.locator(".guide[open] .sheet")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator(".guide[open]")).to_have_count(0)
