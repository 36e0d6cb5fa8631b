"""What the command box does besides finding people: goes to pages, and registers who was not found."""

from typing import Any
from urllib.parse import urlencode

from onehall.foundation.scopes import Actor
from onehall.foundation.values.text import Text

Group = tuple[Text, list[dict[str, Any]]]

_COMMANDS = (
    (
        Text("登记新客户", "Register a customer"),
        "djxkh",
        "/desk/customers/new",
        "person",
        "customer.register",
    ),
    (Text("钱箱", "Drawer"), "qx", "/desk/drawer", "drawer", "drawer.open"),
    (Text("键盘与帮助", "Keys and help"), "jpybz", "/desk/help", "info", "desk.use"),
    (Text("待办", "To do"), "db", "/desk/todos/", "check", "account.self"),
    (Text("首问登记", "Enquiries"), "swdj", "/desk/enquiries/", "person", "enquiry.handle"),
    (Text("待回单", "Sheets to return"), "dhd", "/desk/returns/", "inbox", "work.return"),
    (Text("待回访", "Calls to make"), "dhf", "/desk/follow-ups/", "phone", "work.followup"),
    (Text("补录清单", "Typed from paper"), "blqd", "/board/backdated/", "order", "sale.backdate"),
    (Text("派工看板", "Work orders"), "pgkb", "/board/work/", "tool", "board.view"),
    (Text("通讯录", "Directory"), "txl", "/board/directory/", "book", "directory.view"),
)
"""Words, pinyin initials, address, drawing, permission."""


def commands(typed: str, *, found: bool, actor: Actor) -> list[Group]:
    """Pages whose name or initials begin with what was typed; where nothing else was found, a name can be registered."""
    words = typed.strip().lower()
    pages = [
        _hit(name, href, icon)
        for name, initials, href, icon, permission in _COMMANDS
        if words
        and actor.may(permission)
        and (words in name.zh or words in name.en.lower() or initials.startswith(words))
    ]
    if not found and not pages and actor.may("customer.register") and _may_be_a_name(typed):
        title = Text(f"登记新客户“{typed}”", f"Register “{typed}”")
        pages = [_hit(title, f"/desk/customers/new?{urlencode({'name': typed})}", "plus")]
    return [(Text("去办", "Go to"), pages)]


def _hit(title: Text, href: str, icon: str) -> dict[str, Any]:
    return {"href": href, "title": title, "icon": icon}


def _may_be_a_name(typed: str) -> bool:
    """Han characters and no figure: an address or an account is not registered as a person."""
    return any(ord(sign) > 0x2E7F for sign in typed) and not any(sign.isdigit() for sign in typed)
