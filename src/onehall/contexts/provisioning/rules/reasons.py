"""What the network says in codes, in words: why it refused, why a session ended, what it is to be told (NET-04)."""

from onehall.foundation.values.text import Text

WRONG_PASSWORD = "wrong_password"  # noqa: S105 - a reason, not a secret
SECOND_DEVICE = "already_on_line"

REASONS = {
    "expired": Text("已到期", "the paid term is over"),
    "not_begun": Text("还没有到开通时间", "the paid term has not begun"),
    "paused": Text("停机保号中", "the line is suspended"),
    "withdrawn": Text("已停机或拆机", "the line was stopped or taken out"),
    "unknown": Text("账号不存在", "there is no such account"),
    WRONG_PASSWORD: Text("密码不对", "wrong password"),
    SECOND_DEVICE: Text("已在别处在线", "already on line elsewhere"),
    "method": Text("设备的认证方式不能用", "the device's way to sign in cannot be used"),
}


def reason_words(reason: str) -> Text:
    """The reason in words; one without a word is shown as it stands."""
    return REASONS.get(reason, Text(reason or "没有说明", reason or "not said"))


CAUSES = {
    "User-Request": Text("客户断开", "hung up"),
    "Session-Timeout": Text("到期断开", "the paid term ended"),
    "Idle-Timeout": Text("长时间没有流量", "idle"),
    "Admin-Reset": Text("系统断开", "cut by us"),
    "Lost-Carrier": Text("掉线", "the line dropped"),
    "Lost-Contact": Text("没有报告，自动关闭", "silent, closed by rule"),
    "Superseded": Text("同一设备重新上线", "dialled anew"),
    "NAS-Reboot": Text("接入设备重启", "the access device restarted"),
}
COMMANDS = {
    "refresh": Text("更新有效期和速率", "bring term and speed up to date"),
    "disconnect": Text("断开在线会话", "cut the session"),
}


def cause_words(cause: str) -> Text:
    """Why a session ended (Acct-Terminate-Cause); a cause without a word is shown as the device said it."""
    return CAUSES.get(cause, Text(cause or "—", cause or "—"))


def command_words(kind: str) -> Text:
    """What a network element is to be told."""
    return COMMANDS.get(kind, Text(kind, kind))
