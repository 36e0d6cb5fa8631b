"""What the network found, said to the customer."""

from onehall.contexts.provisioning import api as provisioning
from onehall.foundation.values.text import Text

_Cause = provisioning.Cause
_SAID = {
    _Cause.ON_LINE: ("good", Text("网络正常，您正在线上。", "All is well: you are on line."), Text("上不去时，先看看自己的路由器和电脑。", "If something does not work, look at your own router and computer.")),
    _Cause.EXPIRED: ("bad", Text("已到期，网络停了。", "The paid term is over and the line has stopped."), Text("续费后几秒内自动恢复，不用重启设备。", "After payment it comes back within seconds by itself.")),
    _Cause.PAUSED: ("info", Text("停机保号中。", "Your line is suspended."), Text("到日子自动复机，付费期已顺延。", "It resumes by itself; what you paid for ends later by that time.")),
    _Cause.NOT_BEGUN: ("info", Text("还没有到开通时间。", "Your term has not begun yet."), Text("到时间自动开通。", "It begins by itself.")),
    _Cause.OUTAGE: ("bad", Text("您小区可能有故障，我们已经看到。", "There seems to be an outage in your compound; we see it."), Text("不用报修，请稍等。", "No need to report it; please wait.")),
    _Cause.DEVICE_DOWN: ("bad", Text("机房设备可能有故障，我们已经看到。", "Our equipment seems to be in trouble; we see it."), Text("不用报修，请稍等。", "No need to report it; please wait.")),
    _Cause.WRONG_PASSWORD: ("warn", Text("您的路由器用的密码不对。", "Your router uses a wrong password."), Text("在路由器的宽带设置里改成新密码。", "Set the new password in the router's broadband settings.")),
    _Cause.NOTHING_ASKED: ("warn", Text("您的路由器没有拨号。", "Your router has not dialled."), Text("看看光猫和路由器是否开机，网线有没有插好。", "See whether modem and router are on and the cable is plugged in.")),
    _Cause.STALE_SESSION: ("warn", Text("上一次的连接还没有清掉。", "The last connection still hangs."), Text("过几分钟会自动清掉，再重启路由器试试。", "It clears within minutes; then restart the router.")),
}  # fmt: skip
_OTHER = ("warn", Text("现在没有在线。", "Not on line now."), Text("请重启路由器试试；还不行，请打客服电话。", "Restart the router; if that fails, call us."))  # fmt: skip


def said(finding: provisioning.Finding) -> tuple[str, Text, Text]:
    """The verdict's mark, what it is and what to do, without what only people at work need."""
    return _SAID.get(finding.cause, _OTHER)
