"""Why a level is not given, and why somebody cannot act for an organisation (CUS-07)."""

from onehall.foundation.refusals import Refusal


class ReasonNeeded(Refusal):
    code = "customers.vip_reason"
    rule = "CUS-07"
    status = 400
    zh = "定客户级别要写明理由。"
    en = "A VIP level needs its reason."
    alternative_zh = "例如：年消费额、在网年限、单位介绍。"
    alternative_en = "For example turnover of the year, years with us, an introduction."


class OnlyOrganisations(Refusal):
    code = "customers.only_organisations"
    rule = "CUS-07"
    zh = "只有单位客户才有客户经理和授权联系人。"
    en = "Only an organisation has a key-account supervisor and authorised contacts."
    alternative_zh = "个人客户请由本人办理。"
    alternative_en = "A private customer acts in person."


class MandateIncomplete(Refusal):
    code = "customers.mandate_incomplete"
    rule = "CUS-07"
    status = 400
    zh = "授权不完整：{why}。"
    en = "The authorisation is incomplete: {why_en}."
    alternative_zh = "请照盖章的授权委托书填写姓名、证件、能办什么、到哪一天。"
    alternative_en = (
        "Enter name, document, what may be done and until when as on the sealed power of attorney."
    )


class ContactNeeded(Refusal):
    code = "customers.contact_needed"
    rule = "CUS-07"
    status = 403
    zh = "这是单位客户，要由授权联系人出示证件办理。"
    en = "This organisation acts through its authorised contacts, who show their document."
    alternative_zh = "请选联系人并核对证件；都不在名单上的，请单位出具盖章的授权委托书，先登记联系人。"
    alternative_en = "Choose the contact and check the document; somebody else needs a sealed power of attorney and is entered first."


class ContactUnknown(Refusal):
    code = "customers.contact_unknown"
    rule = "CUS-07"
    status = 403
    zh = "出示的证件不是这位授权联系人登记的证件，不能代表单位办理；已记录。"
    en = "The document is not the one registered for this contact, who cannot act for the organisation; this is on record."
    alternative_zh = "请再核对证件号码；换了人的，请单位出具盖章的授权委托书，重新登记联系人。"
    alternative_en = "Check the number again; for another person a sealed power of attorney is needed, and the contact is entered anew."


class ContactExpired(Refusal):
    code = "customers.contact_expired"
    rule = "CUS-07"
    status = 403
    zh = "{name} 的授权{why}，不能代表单位办理。"
    en = "The authorisation of {name} {why_en}: nothing can be done on it."
    alternative_zh = "请单位出具新的盖章授权委托书，在“大客户”页重新登记。"
    alternative_en = "A new sealed power of attorney is needed; enter it on the page of the account."


class NotAuthorised(Refusal):
    code = "customers.not_authorised"
    rule = "CUS-07"
    status = 403
    zh = "{name} 的授权不含“{what}”。"
    en = "The authorisation of {name} does not cover “{what_en}”."
    alternative_zh = "请有这项授权的联系人办理，或由单位出具新的授权委托书。"
    alternative_en = "A contact with this authorisation can do it, or a new power of attorney."
