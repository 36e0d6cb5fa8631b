"""What the room refuses to whoever chooses a password."""

from onehall.foundation.refusals import Refusal


class SecretTooEasy(Refusal):
    """A password of one's own that everybody could guess."""

    code = "provisioning.secret_too_easy"
    rule = "LAW-03"
    status = 400
    zh = "这个密码不能用：{why}。"
    en = "This password cannot be used: {why_en}."
    alternative_zh = "请换一个别人猜不到的：上网密码用小写字母和数字，固话服务密码只用数字。"
    alternative_en = "Choose one that nobody can guess: lower-case letters and digits for the network, digits only for a telephone line."
