"""What a clerk's hands rely on, tried in a browser: keys, money, search, signature, sending once, live regions."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser import pages
from tests.browser.conftest import DESK, PHONE, Screen

pytestmark = pytest.mark.parts("chromium")

SURFACES = {
    "desk": DESK,
    "desk-new": DESK,
    "board": DESK,
    "table": DESK,
    "sign-in": DESK,
    "pocket": PHONE,
    "job": PHONE,
}


@pytest.fixture(autouse=True)
def _well(gallery: str) -> Iterator[None]:
    pages.TILL.sent.clear()
    pages.TILL.mood, pages.TILL.lines = "well", 1
    pages.TILL.told.clear()
    yield
    pages.TILL.told.set()


@pytest.mark.parametrize(("lang", "theme"), [("zh", "light"), ("en", "dark")])
@pytest.mark.parametrize(("surface", "size"), SURFACES.items())
def test_every_surface_fits_its_screen_in_both_languages_and_themes(
    screen: Screen, gallery: str, surface: str, size: tuple[int, int], theme: str, lang: str
) -> None:
    page = screen(f"{gallery}/design/{surface}", size=size, theme=theme, lang=lang)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert page.evaluate("document.documentElement.lang").startswith(lang)


def test_a_narrow_screen_shows_the_desk_and_the_gallery_without_sideways_scrolling(
    screen: Screen, gallery: str
) -> None:
    for address in ("/design/desk", "/design/board", "/design/"):
        page = screen(gallery + address, size=PHONE)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, address


def test_the_desk_weighs_less_than_150_kilobytes_with_all_its_parts(screen: Screen, gallery: str) -> None:
    page = screen(f"{gallery}/design/desk")
    page.wait_for_load_state("networkidle")
    weights = page.evaluate(
        "performance.getEntriesByType('resource').concat(performance.getEntriesByType('navigation'))"
        ".map((part) => [part.name, part.encodedBodySize])"
    )
    assert sum(weight for _, weight in weights) < 150_000, weights


def test_f9_presses_the_button_that_shows_f9(screen: Screen, gallery: str) -> None:
    page = screen(f"{gallery}/till")
    page.keyboard.press("F9")
    expect(page.locator("#done")).to_be_visible()


def test_digits_choose_from_the_list_but_are_typed_where_one_types(screen: Screen, gallery: str) -> None:
    page = screen(f"{gallery}/design/desk")
    page.locator("[name=received]").fill("")
    page.keyboard.press("4")
    expect(page.locator("[name=received]")).to_have_value("4")
    page.keyboard.press("Escape")
    page.keyboard.press("4")
    page.wait_for_url("**/design/desk-new")


def test_enter_goes_to_the_next_field_and_sends_nothing_by_itself(screen: Screen, gallery: str) -> None:
    page = screen(f"{gallery}/till")
    page.locator("[name=payer]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[name=received]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="收款")).to_be_focused()
    assert pages.TILL.sent == []
    page.keyboard.press("Enter")
    expect(page.locator("#done")).to_be_visible()


def test_keys_are_left_to_the_input_method_while_it_composes(screen: Screen, gallery: str) -> None:
    page = screen(f"{gallery}/till")
    page.locator("[name=payer]").focus()
    page.evaluate(
        "document.activeElement.dispatchEvent(new KeyboardEvent('keydown',"
        " {key: 'Enter', isComposing: true, bubbles: true, cancelable: true}))"
    )
    expect(page.locator("[name=payer]")).to_be_focused()


def test_escape_goes_back_one_step_and_keeps_what_was_typed(screen: Screen, gallery: str) -> None:
    page = screen(f"{gallery}/design/desk-new")
    page.locator("[name=phone]").fill("13800006021")
    page.keyboard.press("Escape")
    expect(page.locator("[name=phone]")).to_have_value("13800006021")
    expect(page).to_have_url(f"{gallery}/design/desk-new")
    page.keyboard.press("Escape")
    page.wait_for_url("**/design/desk")


def test_search_shows_hits_while_one_types_and_enter_opens_the_first(screen: Screen, gallery: str) -> None:
    page = screen(f"{gallery}/design/board".replace("board", "desk"))
    page.keyboard.press("Control+k")
    page.keyboard.type("王")
    first = page.locator("[role=option]").first
    expect(first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    expect(page.locator("[role=option]").nth(1)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(page.locator("[role=option]")).to_have_count(0)
    expect(page.locator("[name=q]")).to_have_value("王")
    page.keyboard.press("Control+k")
    page.keyboard.type("新")
    page.keyboard.press("Enter")
    page.wait_for_url("**/design/desk-new")


@pytest.mark.parametrize(
    ("received", "word", "amount", "said"),
    [
        ("1000", "找零", "¥90.00", "收您一千元，找您九十元"),
        ("９１０．５", "找零", "¥0.50", "收您九百一十元五角，找您五角"),
        ("910", "找零", "¥0.00", "正好"),
        ("900", "还差", "¥10.00", ""),
        ("12,010.05", "找零", "¥11,100.05", "收您一万二千零一十元五分"),
    ],
)
def test_change_appears_while_the_amount_is_typed(
    screen: Screen, gallery: str, received: str, word: str, amount: str, said: str
) -> None:
    page = screen(f"{gallery}/design/desk")
    page.locator("[name=received]").fill(received)
    expect(page.locator("[data-change]")).to_have_text(amount)
    expect(page.locator("[data-change-word]")).to_contain_text(word)
    if said:
        expect(page.locator("[data-change-script]")).to_contain_text(said)


def test_a_means_that_is_not_counted_receives_exactly_what_is_due(screen: Screen, gallery: str) -> None:
    page = screen(f"{gallery}/design/desk")
    page.get_by_text("微信").click()
    expect(page.locator("[name=received]")).to_have_value("910.00")
    expect(page.locator("[data-change]")).to_have_text("¥0.00")


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("number", "61010119900307", "还差 4 位"),
        ("number", "110101199003074239", "校验位不对"),
        ("number", "１１０１０１１９９００３０７４２３１", "✓ 男 · 1990-03-07"),
        ("number", "110101199013074235", "出生日期"),
        ("phone", "1380000", "还差 4 位"),
        ("phone", "12800006021", "13–19"),
    ],
)
def test_fields_check_while_typing_in_words(
    screen: Screen, gallery: str, field: str, typed: str, says: str
) -> None:
    page = screen(f"{gallery}/design/desk-new")
    box = page.locator(".field", has=page.locator(f"[name={field}]"))
    page.locator(f"[name={field}]").fill(typed)
    expect(box).to_contain_text(says)


@pytest.mark.rule("PAY-02")
def test_pressed_twice_it_is_sent_once(screen: Screen, gallery: str) -> None:
    pages.TILL.mood = "slow"
    page = screen(f"{gallery}/till")
    page.keyboard.press("F9")
    page.keyboard.press("F9")
    page.evaluate("document.getElementById('pay').requestSubmit()")
    expect(page.get_by_role("button", name="收款")).to_be_disabled()
    pages.TILL.told.set()
    expect(page.locator("#done")).to_be_visible()
    assert len(pages.TILL.sent) == 1
    expect(page.get_by_role("button", name="收款")).to_be_enabled()


@pytest.mark.rule("PAY-02")
def test_a_lost_answer_is_told_and_retried_with_the_same_intent(screen: Screen, gallery: str) -> None:
    page = screen(f"{gallery}/till")
    page.route("**/pay", lambda route: route.abort())
    page.reload()  # a page that is already open may still send past the new route
    page.locator("[name=payer]").fill("王建国")
    minted = page.locator("[name=intent]").input_value()
    page.keyboard.press("F9")
    expect(page.get_by_role("alert")).to_contain_text("网络断了")
    page.unroute("**/pay")
    page.get_by_role("button", name="重试").click()
    expect(page.locator("#done")).to_be_visible()
    assert pages.TILL.sent == [minted]
    expect(page.locator("[name=payer]")).to_have_value("王建国")


def test_a_broken_answer_keeps_the_intent(screen: Screen, gallery: str) -> None:
    pages.TILL.mood = "broken"
    page = screen(f"{gallery}/till")
    minted = page.locator("[name=intent]").input_value()
    page.keyboard.press("F9")
    expect(page.get_by_role("button", name="收款")).to_be_enabled()
    expect(page.locator("[name=intent]")).to_have_value(minted)


@pytest.mark.rule("ORD-05")
def test_a_refusal_says_why_and_keeps_the_form_as_typed(screen: Screen, gallery: str) -> None:
    page = screen(f"{gallery}/design/desk")
    minted = page.locator("[name=intent]").input_value()
    page.locator("[name=received]").fill("1000")
    page.keyboard.press("F9")
    told = page.locator("#refusal")
    expect(told).to_contain_text("包月用户不办理暂停")
    expect(told).to_contain_text("CHG-03")
    expect(page.locator("[name=received]")).to_have_value("1000")
    expect(page.locator("[name=received]")).to_be_focused()
    assert page.locator("[name=intent]").input_value() != minted
    page.keyboard.press("Escape")
    expect(told).to_be_hidden()


def _sign(page: Page) -> None:
    pad = page.locator("canvas").bounding_box()
    assert pad
    page.mouse.move(pad["x"] + 20, pad["y"] + 40)
    page.mouse.down()
    page.mouse.move(pad["x"] + 120, pad["y"] + 80, steps=6)
    page.mouse.up()


def test_a_signature_becomes_strokes_and_can_be_taken_back(screen: Screen, gallery: str) -> None:
    page = screen(f"{gallery}/design/table")
    page.locator("canvas").scroll_into_view_if_needed()
    _sign(page)
    expect(page.locator("[data-signed]")).to_have_text("✓ 已签")
    signed = json.loads(page.locator("[name=strokes]").input_value())
    assert len(signed["strokes"]) == 1
    assert all(len(point) == 4 for point in signed["strokes"][0])
    page.get_by_role("button", name="退一笔").click()
    expect(page.locator("[name=strokes]")).to_have_value("")


@pytest.mark.rule("WRK-11")
def test_a_live_region_changes_around_what_somebody_is_typing(screen: Screen, gallery: str) -> None:
    page = screen(f"{gallery}/till")
    page.locator("#draft").fill("正在写")
    page.locator("#draft").evaluate("(field) => field.setSelectionRange(1, 2)")
    page.locator("[name=r1]").evaluate("(field) => { field.mine = true }")
    pages.TILL.lines = 3
    expect(page.locator("#count")).to_have_text("3", timeout=3000)
    expect(page.locator("[data-row]")).to_have_count(3)
    assert page.locator("[data-row]").all_inner_texts() == ["line 3 ", "line 2 ", "line 1 "]
    assert page.locator("#draft").evaluate(
        "(field) => [field.value, field.selectionStart, field.selectionEnd]"
    ) == ["正在写", 1, 2]
    expect(page.locator("#draft")).to_be_focused()
    assert page.locator("[name=r1]").evaluate("(field) => field.mine"), "an old row was replaced, not kept"


@pytest.mark.rule("SEC-03")
def test_nothing_inline_is_needed_and_nothing_is_stored(screen: Screen, gallery: str) -> None:
    page = screen(f"{gallery}/design/desk")
    answer = page.request.get(f"{gallery}/design/desk")
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"
    assert page.locator("[style], script:not([src]), style").count() == 0
    stored = page.evaluate("JSON.stringify([localStorage, sessionStorage])")
    assert "王建国" not in stored and "138" not in stored and len(stored) < 200, stored


def test_the_theme_chosen_by_hand_wins_over_the_machine(screen: Screen, gallery: str) -> None:
    page = screen(f"{gallery}/design/desk", theme="light", cookies={"onehall_theme": "dark"})
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(19, 23, 28)"
