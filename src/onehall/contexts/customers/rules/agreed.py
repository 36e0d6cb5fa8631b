"""Notice before collection, and the sensitive part apart: what a customer agrees to at registration (LAW-30)."""

from dataclasses import dataclass

from onehall.foundation.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Agreed:
    """What the customer said at registration: to which version of the notice, and to their document number apart from it."""

    version: str
    notice: bool
    sensitive: bool


class NoticeMissing(Refusal):
    code = "customers.notice_missing"
    rule = "LAW-30"
    status = 400
    zh = "还没有告知个人信息怎么用（{version} 版），不能登记。"
    en = "The customer has not been told how personal data is used (version {version}); nothing was registered."
    alternative_zh = "请把左边的告知给客户看或念给客户听，客户同意后按 Alt+1 勾选。填的都还在。"
    alternative_en = "Show or read out the notice on the left and tick it with Alt+1 once the customer agrees. What was typed is kept."


class SensitiveMissing(Refusal):
    code = "customers.sensitive_missing"
    rule = "LAW-30"
    status = 400
    zh = "证件号码是敏感个人信息，要客户单独同意，不能登记。"
    en = "A document number is sensitive: it needs a consent of its own; nothing was registered."
    alternative_zh = "请单独问一句，客户同意后按 Alt+2 勾选；不同意的不能实名登记，可以只咨询。"
    alternative_en = "Ask for it apart and tick it with Alt+2; who does not agree cannot be registered, but can be advised."


class NoticeRenewed(Refusal):
    code = "customers.notice_renewed"
    rule = "LAW-30"
    zh = "个人信息告知已换成 {version} 版，客户同意的是 {given} 版，没有登记。"
    en = "The notice is version {version} now, the customer agreed to {given}; nothing was registered."
    alternative_zh = "请刷新页面，把新的告知给客户看过再登记。"
    alternative_en = "Reload the page and show the new notice first."


def check_agreed(agreed: Agreed, *, version: str) -> None:
    """Notice before collection, and the sensitive part apart (PIPL articles 17, 29). NoticeRenewed, NoticeMissing, SensitiveMissing."""
    if not agreed.notice:
        raise NoticeMissing(field="consent_notice", version=version)
    if agreed.version != version:
        raise NoticeRenewed(field="consent_notice", version=version, given=agreed.version or "—")
    if not agreed.sensitive:
        raise SensitiveMissing(field="consent_sensitive")
