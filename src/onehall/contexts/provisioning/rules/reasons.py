"""What the log of answers gives as reason of a refusal, in words (NET-04)."""

from onehall.foundation.values.text import Text

WRONG_PASSWORD = "wrong_password"  # noqa: S105 - a reason, not a secret
SECOND_DEVICE = "already_on_line"

REASONS = {
    "expired": Text("已到期", "the paid term is over"),
    "not_begun": Text("还没有到开通时间", "the paid term has not begun"),
    "withdrawn": Text("已停机或拆机", "the line was stopped or taken out"),
    "unknown": Text("账号不存在", "there is no such account"),
    WRONG_PASSWORD: Text("密码不对", "wrong password"),
    SECOND_DEVICE: Text("已在别处在线", "already on line elsewhere"),
    "method": Text("设备的认证方式不能用", "the device's way to sign in cannot be used"),
}


def reason_words(reason: str) -> Text:
    """The reason in words; one without a word is shown as it stands."""
    return REASONS.get(reason, Text(reason or "没有说明", reason or "not said"))
