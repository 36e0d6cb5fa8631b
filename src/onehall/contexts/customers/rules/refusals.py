"""What this room refuses, each with its rule and what can be done instead.

They stand beside the decisions that raise them; the door exports them with the contracts.
"""

from onehall.foundation.refusals import NotFound, Refusal
from onehall.foundation.values.ids import PartyId


class BadName(Refusal):
    code = "customers.bad_name"
    rule = "CUS-02"
    status = 400
    zh = "姓名（名称）不能使用：{why}。"
    en = "This name cannot be used: {why_en}."
    alternative_zh = "请按证件上的写法填写，最多 60 个字。"
    alternative_en = "Enter it as on the document, 60 characters at most."


class BadDocument(Refusal):
    code = "customers.bad_document"
    rule = "CUS-02"
    status = 400
    zh = "{document}号码不对：{why}。"
    en = "The {document_en} number is wrong: {why_en}."
    alternative_zh = "请对照证件原件逐位核对，或用读卡器读取。"
    alternative_en = "Compare it with the original place by place, or use the reader."


class BadPhone(Refusal):
    code = "customers.bad_phone"
    rule = "CUS-02"
    status = 400
    zh = "联系电话“{phone}”不对：应为 11 位手机号码，或带区号、不带区号的固定电话。"
    en = "The telephone {phone} is wrong: an 11-digit mobile number or a fixed line is needed."
    alternative_zh = "请向客户再核对一遍。"
    alternative_en = "Please check it with the customer."


class DocumentExpired(Refusal):
    code = "customers.document_expired"
    rule = "CUS-01"
    status = 400
    zh = "证件已于 {until} 过期，须出示有效证件。"
    en = "The document expired on {until}; a valid one must be shown."
    alternative_zh = "可凭临时居民身份证或有效护照办理。"
    alternative_en = "A temporary resident ID or a valid passport will do."


class PapersMissing(Refusal):
    code = "customers.papers_missing"
    rule = "CUS-01"
    status = 400
    zh = "资料不齐，还缺：{missing}。"
    en = "Papers are missing: {missing_en}."
    alternative_zh = "请客户补齐后再办，已填内容会保留。"
    alternative_en = "Ask the customer to bring them; what was typed is kept."


class GuardianNeeded(Refusal):
    code = "customers.guardian_needed"
    rule = "LAW-30"
    status = 400
    zh = "客户未满 {age} 周岁，须监护人到场同意并作为代办人登记（个人信息保护法第三十一条）。"
    en = "The customer is under {age}; a guardian must consent and be entered as the agent (PIPL art. 31)."
    alternative_zh = "请监护人携带证件到场，或以监护人名义办理。"
    alternative_en = "Ask the guardian to come with a document, or register the guardian instead."


class AlreadyRegistered(Refusal):
    code = "customers.already_registered"
    rule = "CUS-02"
    zh = "该证件已登记在客户“{name}”（{document}）名下。"
    en = "This document is already registered to {name} ({document})."
    alternative_zh = "请打开该客户继续办理。"
    alternative_en = "Open that customer and go on there."

    def __init__(self, *, party_id: int, name: str, document: str, field: str | None = "document") -> None:
        super().__init__(field=field, party_id=party_id, name=name, document=document)
        self.party_id = PartyId(party_id)


class PurposeIncomplete(Refusal):
    code = "customers.purpose_incomplete"
    rule = "SEC-01"
    status = 400
    zh = "查看事由不完整：{why}。"
    en = "The purpose is incomplete: {why_en}."
    alternative_zh = "本人在场请登记核验方式；办理中的业务请填单号；紧急查看请写明原因。"
    alternative_en = "Present: how they were verified; a case: its number; break-glass: the reason."


class CaseNotOpen(Refusal):
    code = "customers.case_not_open"
    rule = "SEC-01"
    status = 403
    zh = "单号“{case}”不是该客户正在办理的业务，不能作为查看事由。"
    en = "{case} is no open case of this customer, so it is no purpose."
    alternative_zh = "请核对流水号；客户在场时可登记本人核验方式。"
    alternative_en = "Check the serial; if the customer is present, state how they were verified."


class AskedByAnother(Refusal):
    code = "customers.asked_by_another"
    rule = "SEC-02"
    status = 403
    zh = "客户资料只告知客户本人，不能代查他人；本次请求已记录。"
    en = "Data is shown to the customer only, never to someone else; this request has been logged."
    alternative_zh = "请客户本人带证件到营业厅，或用服务密码自助查询。"
    alternative_en = "The customer can come with a document or use self-service."


class PurposeNeeded(Refusal):
    code = "customers.purpose_needed"
    rule = "SEC-01"
    status = 403
    zh = "查看客户完整资料前须先说明事由。"
    en = "State a purpose before opening the customer's full record."
    alternative_zh = "请登记：本人在场已核验、办理中的业务单号，或紧急查看原因。"
    alternative_en = "Customer present and verified, the case being worked on, or a break-glass reason."


class CustomerNotFound(NotFound):
    code = "customers.not_found"

    def __init__(self, *, field: str | None = None) -> None:
        super().__init__(what="该客户", what_en="This customer", field=field)


class PremisesNotFound(NotFound):
    code = "customers.premises_not_found"
    rule = "ADR-01"

    def __init__(self, *, field: str | None = None) -> None:
        super().__init__(what="该地址", what_en="This address", field=field)


class BadPremises(Refusal):
    code = "customers.bad_premises"
    rule = "ADR-01"
    status = 400
    zh = "地址“{label}”不对：{why}。"
    en = "The address {label} is wrong: {why_en}."
