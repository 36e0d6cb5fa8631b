"""Invented people and things for the gallery."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from onehall.foundation.refusals import Refusal
from onehall.foundation.values.money import Money
from onehall.foundation.values.text import Text

LONG_NAME = (
    "阿卜杜勒热合曼·买买提吐尔逊·艾合麦提江·玉素甫·库尔班·依明·托合提·阿不都克里木·古丽巴哈尔·努尔麦麦提"
)
RARE_NAME = "㛃𠮷"

Row = Mapping[str, Any]


class SampleRefusal(Refusal):
    """A no for the gallery."""

    code = "design.sample"
    rule = "CHG-03"
    zh = "包月用户不办理暂停。"
    en = "Monthly subscribers cannot be suspended."
    alternative_zh = "到期后可以不续，或改为包年后办理。"
    alternative_en = "Let the term end, or change to a yearly term first."


NAMES = {
    "usual": "秦望山",
    "long": LONG_NAME,
    "rare": RARE_NAME,
    "madam": "刘女士 · 139****2280",
    "unknown": "赵钱",
}
AMOUNTS = {
    "due": Money.yuan("910.00"),
    "drawer": Money.yuan("1286.00"),
    "minus": Money.yuan("-30.00"),
    "huge": Money.yuan("12345678.90"),
}
DISTANCES = {
    "now": timedelta(),
    "served": timedelta(seconds=-108),
    "long": timedelta(seconds=-400),
    "late": timedelta(seconds=-4000),
    "past": timedelta(days=-20),
    "soon": timedelta(days=13),
}
NAV = [
    (Text("今天", "Today"), "/design/board"),
    (Text("工单", "Work orders"), "/design/table"),
    (Text("回访", "Follow-up"), "/design/board#2"),
    (Text("收款", "Takings"), "/design/board#3"),
    (Text("归档", "Archive"), "/design/board#4"),
    (Text("审计", "Audit"), "/design/board#5"),
]
CRUMBS = [
    (Text("看板", "Board"), "/design/board"),
    (Text("工单", "Work orders"), "/design/table"),
    ("DW20261121004", ""),
]
MEANS = [
    ("cash", Text("现金", "Cash")),
    ("wechat", Text("微信", "WeChat")),
    ("alipay", Text("支付宝", "Alipay")),
    ("card", Text("刷卡", "Card")),
]
KINDS = [("idcard", Text("居民身份证", "Resident ID card")), ("passport", Text("护照", "Passport"))]
BASKET: list[Row] = [
    {
        "name": Text("续费 宽带20M包年", "Renewal, broadband 20M, one year"),
        "detail": "2026-12-05 → 2027-12-05",
        "amount": Money.yuan("880.00"),
        "remove": "/design/refusal",
    },
    {
        "name": Text("加信息点 ×1", "Additional point ×1"),
        "detail": Text("超出 2 个，每个 30 元", "beyond two, 30 yuan each"),
        "rule": "FEE-02",
        "amount": Money.yuan("30.00"),
        "remove": "/design/refusal",
    },
]
BARS = [
    *(("8:30", 12), ("9:00", 21), ("9:30", 34), ("10:00", 41), ("10:30", 29)),
    *(("11:00", 15), ("11:30", 8), ("13:00", 9), ("13:30", 18), ("14:00", 27)),
]
FACTS: Sequence[tuple[Text, Any]] = [
    (Text("账号", "Account"), "dw0120502"),
    (Text("速率", "Speed"), "20M"),
    (Text("到期", "Expires"), "2026-12-05"),
    (Text("装机地址", "Address"), Text("云栖 1号楼 2单元 502室", "Yunqi, building 1, unit 2, room 502")),
    (Text("备注", "Remark"), None),
]
STEPS = [
    Text("受理", "Accepted"),
    Text("发单", "Dispatched"),
    Text("签收", "Signed for"),
    Text("上门", "Visit"),
    Text("回单", "Returned"),
    Text("回访", "Follow-up"),
    Text("归档", "Archived"),
]
HISTORY: list[tuple[timedelta, Row]] = [
    (
        timedelta(hours=-2),
        {
            "icon": "receipt",
            "text": Text("续费 20M 一年，收据 0042036", "Renewed 20M for a year, receipt 0042036"),
            "ref": "O…0044",
            "href": "#",
        },
    ),
    (
        timedelta(days=-20),
        {
            "icon": "check",
            "kind": "good",
            "text": Text(
                "障碍 频繁掉线：换水晶头，回访满意", "Fault, frequent drops: plug replaced, satisfied"
            ),
            "ref": "F20261102007",
            "href": "#",
        },
    ),
    (
        timedelta(days=-359),
        {
            "icon": "no",
            "kind": "bad",
            "text": Text(
                "作废 收据 0041871，打错姓名，已重开", "Voided receipt 0041871, misspelt name, issued again"
            ),
            "ref": "O…0031",
        },
    ),
    (
        timedelta(days=-731),
        {
            "icon": "house",
            "text": Text("新装，丁力上门，6 天完成", "Installed by Ding Li, done in 6 days"),
            "ref": "O…0017",
            "href": "#",
        },
    ),
]
PEOPLE: list[Row] = [
    {"title": "秦望山", "detail": "云栖 1号楼 2单元 502 · dw0120502", "mark": "138****6021"},
    {"title": LONG_NAME, "detail": "云栖 7号楼 1单元 1203 · dw0711203", "mark": "139****2280"},
    {"title": RARE_NAME, "detail": "dw0311101", "mark": "137****0011"},
]
COMMAND: Row = {
    "href": "/design/desk-new",
    "icon": "plus",
    "title": Text("登记新客户", "Register a new customer"),
    "mark": "F6",
}


def everything(at: datetime) -> dict[str, Any]:
    """The whole context of the gallery and its sample pages."""
    return {
        "people": NAMES,
        "no": SampleRefusal(),
        "nav": NAV,
        "means": MEANS,
        "kinds": KINDS,
        "basket": BASKET,
        "amounts": AMOUNTS,
        "moments": {name: at + away for name, away in DISTANCES.items()},
        "history": [{"at": at + away, **row} for away, row in HISTORY],
        "bars": BARS,
        "facts": FACTS,
        "steps": STEPS,
        "crumbs": CRUMBS,
        "hits": found("王"),
        "two": [(Text("改约", "Rebook"), "/design/pocket")],
        "arrive": (Text("到达，开始", "Arrived, start"), "/design/job"),
    }


def found(words: str) -> list[tuple[Text, list[Row]]]:
    """Invented people whose name or place holds `words`, and a command for what begins with 新."""
    people = [
        row for row in PEOPLE if words and (words in row["title"] or words in row["detail"] or words == "王")
    ]
    shown = [{"href": "/design/desk", "icon": "person", **row} for row in people]
    commands = [COMMAND] if words and (people or words == "新") else []
    return [(Text("客户", "Customers"), list(shown)), (Text("命令", "Commands"), commands)]
