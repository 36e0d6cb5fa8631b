"""Makes the pictures of README and guides from a running demo: `python docs/guides/shots.py http://127.0.0.1:8000`.

李敏 at counter 3 renews 王建国's broadband and is handed 1000 yuan; nothing is paid, the basket is given up again.
周敏, the manager, looks at the day and at the work orders; she changes nothing.
"""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

PICTURE = Path(__file__).parent / "desk.png"
SIZE = {"width": 1366, "height": 768}
MANAGER = "0201"
BOARD = {"board.png": "/board/", "work.png": "/board/work/", "policies.png": "/board/policies/"}
CLERK, PASSWORD, FLOAT = "0213", "onehall-demo", {"10000": "4", "1000": "10"}


def sign_in(page: Page, base: str) -> None:
    """At the general counter 3; the drawer is opened where it is not."""
    page.goto(f"{base}/sign-in")
    seat = page.locator("option", has_text="馨苑厅 · 3号").get_attribute("value")
    page.select_option("[name=place]", value=seat)
    page.fill("[name=staff_no]", CLERK)
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/")
    page.goto(f"{base}/desk/drawer")
    if page.locator("[name=pieces_10000]").count():
        for piece, number in FLOAT.items():
            page.fill(f"[name=pieces_{piece}]", number)
        page.keyboard.press("F9")
        page.wait_for_url("**/desk/")


def serve(page: Page, base: str) -> None:
    """王建国, found by the end of his phone number, verified; the renewal chosen, the money on the counter."""
    page.goto(f"{base}/desk/")
    page.keyboard.press("Control+k")
    page.keyboard.type("6021", delay=40)
    page.locator("[role=option]").first.wait_for()
    page.keyboard.press("Enter")
    page.locator(".who").wait_for()
    if page.locator("button[name=purpose]").count():
        page.keyboard.press("1")
    page.locator("[name=choice]").first.wait_for()
    give_up(page)
    for key in ("1", "Alt+1"):
        page.keyboard.press(key)
        page.wait_for_timeout(1200)
    page.fill("[name=received]", "1000")
    page.wait_for_timeout(1200)


def give_up(page: Page) -> None:
    """The customer does not want what stands in the basket."""
    declined = page.get_by_role("button", name="客户不办了")
    if declined.count():
        declined.click()
        declined.wait_for(state="detached")


def look(page: Page, base: str) -> None:
    """The manager's pages."""
    page.goto(f"{base}/sign-in")
    seat = page.locator("option", has_text="馨苑厅").last.get_attribute("value")
    page.select_option("[name=place]", value=seat)
    page.fill("[name=staff_no]", MANAGER)
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "/sign-in" not in address)
    for name, address in BOARD.items():
        page.goto(f"{base}{address}")
        page.locator("main").wait_for()
        page.wait_for_timeout(800)
        page.screenshot(path=PICTURE.with_name(name))


def main(base: str) -> None:
    """The pictures, and everything as it was."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_context(viewport=SIZE, color_scheme="light", locale="zh-CN").new_page()
        sign_in(page, base)
        serve(page, base)
        page.screenshot(path=PICTURE)
        give_up(page)
        look(browser.new_context(viewport=SIZE, color_scheme="light", locale="zh-CN").new_page(), base)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")
