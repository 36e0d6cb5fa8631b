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


class SampleRefusal(Refusal):
    """A no for the gallery."""

    code = "design.sample"
    rule = "CHG-03"
    zh = "包月用户不办理暂停。"
    en = "Monthly subscribers cannot be suspended."
    alternative_zh = "到期后可以不续，或改为包年后办理。"
    alternative_en = "Let the term end, or change to a yearly term first."


def everything(at: datetime) -> dict[str, Any]:
    """The whole context of the gallery and its sample pages."""
    return {
        "people": {"long": LONG_NAME, "rare": RARE_NAME},
        "no": SampleRefusal(),
        "nav": NAV,
        "means": MEANS,
        "kinds": KINDS,
        "basket": BASKET,
        "amounts": {
            "due": Money.yuan("910.00"),
            "drawer": Money.yuan("1286.00"),
            "minus": Money.yuan("-30.00"),
            "huge": Money.yuan("12345678.90"),
        },
        "moments": {
            "now": at,
            "served": at - timedelta(seconds=108),
            "long": at - timedelta(seconds=400),
            "late": at - timedelta(seconds=4000),
            "past": at - timedelta(days=20),
            "soon": at + timedelta(days=13),
        },
        "history": _history(at),
        "bars": BARS,
        "facts": FACTS,
        "steps": STEPS,
        "crumbs": [
            (Text("看板", "Board"), "/design/board"),
            (Text("工单", "Work orders"), "/design/table"),
            (Text("DW20261121004", "DW20261121004"), ""),
        ],
        "hits": found("王"),
        "two": [(Text("改约", "Rebook"), "/design/pocket")],
        "arrive": (Text("到达，开始", "Arrived, start"), "/design/job"),
    }


NAV = [
    (Text("今天", "Today"), "/design/board"),
    (Text("工单", "Work orders"), "/design/table"),
    (Text("回访", "Follow-up"), "/design/board#2"),
    (Text("收款", "Takings"), "/design/board#3"),
    (Text("归档", "Archive"), "/design/board#4"),
    (Text("审计", "Audit"), "/design/board#5"),
]
MEANS = [
    ("cash", Text("现金", "Cash")),
    ("wechat", Text("微信", "WeChat")),
    ("alipay", Text("支付宝", "Alipay")),
    ("card", Text("刷卡", "Card")),
]
KINDS = [("idcard", Text("居民身份证", "Resident ID card")), ("passport", Text("护照", "Passport"))]
BASKET = [
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
    (Text(time, time), count)
    for time, count in (
        ("8:30", 12),
        ("9:00", 21),
        ("9:30", 34),
        ("10:00", 41),
        ("10:30", 29),
        ("11:00", 15),
        ("11:30", 8),
        ("13:00", 9),
        ("13:30", 18),
        ("14:00", 27),
    )
]
FACTS: Sequence[tuple[Text, Any]] = [
    (Text("账号", "Account"), "dw0120502"),
    (Text("速率", "Speed"), "20M"),
    (Text("到期", "Expires"), "2026-12-05"),
    (Text("装机地址", "Address"), Text("馨苑 1号楼 2单元 502室", "Xinyuan, building 1, unit 2, room 502")),
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


def _history(at: datetime) -> list[Mapping[str, Any]]:
    return [
        {
            "at": at - timedelta(hours=2),
            "icon": "receipt",
            "text": Text("续费 20M 一年，收据 0042036", "Renewed 20M for a year, receipt 0042036"),
            "ref": "O…0044",
            "href": "#",
        },
        {
            "at": at - timedelta(days=20),
            "icon": "check",
            "kind": "good",
            "text": Text(
                "障碍 频繁掉线：换水晶头，回访满意",
                "Fault, frequent drops: plug replaced, customer satisfied",
            ),
            "ref": "F20261102007",
            "href": "#",
        },
        {
            "at": at - timedelta(days=359),
            "icon": "no",
            "kind": "bad",
            "text": Text(
                "作废 收据 0041871，打错姓名，已重开", "Voided receipt 0041871, misspelt name, issued again"
            ),
            "ref": "O…0031",
        },
        {
            "at": at - timedelta(days=731),
            "icon": "house",
            "text": Text("新装，赵刚上门，6 天完成", "Installed by Zhao Gang, done in 6 days"),
            "ref": "O…0017",
            "href": "#",
        },
    ]


def found(words: str) -> list[tuple[Text, list[Mapping[str, Any]]]]:
    """Hits whose title or detail holds `words`; a few fixed ones."""
    if not words.strip():
        return []
    people: list[Mapping[str, Any]] = [
        {
            "href": "/design/desk",
            "icon": "person",
            "title": "王建国",
            "detail": "馨苑 1号楼 2单元 502 · dw0120502",
            "mark": "138****6021",
        },
        {
            "href": "/design/desk",
            "icon": "person",
            "title": LONG_NAME,
            "detail": "馨苑 7号楼 1单元 1203 · dw0711203",
            "mark": "139****2280",
        },
        {
            "href": "/design/desk",
            "icon": "person",
            "title": RARE_NAME,
            "detail": "dw0311101",
            "mark": "137****0011",
        },
    ]
    commands: list[Mapping[str, Any]] = [
        {
            "href": "/design/desk-new",
            "icon": "plus",
            "title": Text("王 → 登记新客户", "Register a new customer"),
            "mark": "N",
        }
    ]
    shown = [hit for hit in people if words in hit["title"] or words in hit["detail"] or words == "王"]
    return [
        (Text("客户", "Customers"), shown),
        (Text("命令", "Commands"), commands if shown or words == "新" else []),
    ]
