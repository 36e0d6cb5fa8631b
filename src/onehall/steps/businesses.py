"""What each kind of business is called, to whoever sells it and on whatever screen (ORD-01)."""

from onehall.foundation.values.text import Text
from onehall.steps.basket import ADDITIONAL_POINT, RENEWAL, ROUTER_SETUP
from onehall.steps.changes import SPEED_CHANGE
from onehall.steps.drafts import NEW_BROADBAND, SUSPENSION
from onehall.steps.goods import CATEGORIES
from onehall.steps.household import LINE_MOVE, MOVE
from onehall.steps.prepaying import DEPOSIT
from onehall.steps.recharging import RECHARGE
from onehall.steps.telephone import NEW_FIXED_LINE, TELEPHONE_POINT
from onehall.steps.telephone_changes import (
    LINE_FEATURES,
    LINE_NUMBER,
    LINE_PLAN,
    LINE_RESUMPTION,
    LINE_SUSPENSION,
)

BUSINESSES = {
    NEW_BROADBAND: Text("新装宽带", "New broadband"),
    RENEWAL: Text("续费", "Renew"),
    ADDITIONAL_POINT: Text("加信息点", "Additional point"),
    ROUTER_SETUP: Text("路由器上门调试", "Router set-up visit"),
    MOVE: Text("移机", "Move"),
    SUSPENSION: Text("停机保号", "Suspension"),
    SPEED_CHANGE: Text("到期改速率", "Another speed at expiry"),
    NEW_FIXED_LINE: Text("新装固话", "New telephone line"),
    TELEPHONE_POINT: Text("加电话点", "Additional telephone point"),
    LINE_PLAN: Text("固话改资费", "Another telephone plan"),
    LINE_FEATURES: Text("固话功能", "Telephone features"),
    LINE_NUMBER: Text("固话换号", "Another telephone number"),
    LINE_MOVE: Text("固话移机", "Telephone line moved"),
    LINE_SUSPENSION: Text("固话停机", "Telephone line suspended"),
    LINE_RESUMPTION: Text("固话复机", "Telephone line resumed"),
    RECHARGE: Text("电话充值", "Telephone recharge"),
    DEPOSIT: Text("预存余额", "Deposit on the balance"),
    **{kind.value: name for kind, name in CATEGORIES.items()},
}
"""In the order in which the desk offers them."""


def business_named(business: str) -> Text:
    """Its name, or its code where nobody sells it: whoever drafts it refuses that."""
    return BUSINESSES.get(business, Text(business, business))
