"""From what was typed to what the rooms understand."""

from django.http import QueryDict

from onehall.contexts.customers import api as customers
from onehall.entrances.desk.counter.forms import BadRequest
from onehall.foundation.values.text import Text

DOCUMENT_KINDS = [
    (customers.DocumentKind.RESIDENT_ID, Text("居民身份证", "Resident ID card")),
    (customers.DocumentKind.PASSPORT, Text("护照", "Passport")),
    (customers.DocumentKind.MILITARY_ID, Text("军人证件", "Military ID")),
    (customers.DocumentKind.HONG_KONG_MACAO_PERMIT, Text("港澳居民来往内地通行证", "Hong Kong/Macao permit")),
    (customers.DocumentKind.TAIWAN_PERMIT, Text("台湾居民来往大陆通行证", "Taiwan permit")),
    (
        customers.DocumentKind.FOREIGN_RESIDENT_ID,
        Text("外国人永久居留身份证", "Foreign permanent resident ID"),
    ),
    (customers.DocumentKind.CREDIT_CODE, Text("统一社会信用代码（单位）", "Credit code (organisation)")),
]
VERIFICATIONS = [
    (customers.Verification.ID_DOCUMENT, Text("本人到场，已核对证件原件", "Present, document checked")),
    (
        customers.Verification.SERVICE_PASSWORD,
        Text("本人到场，已验服务密码", "Present, service password checked"),
    ),
    (
        customers.Verification.ONE_TIME_CODE,
        Text("本人到场，已验短信验证码", "Present, one-time code checked"),
    ),
]


def customer_given(post: QueryDict) -> customers.CustomerGiven:
    """The registration form. A credit code makes an organisation; an agent's name brings the agent's papers."""
    kind = _document_kind(post, "document_kind")
    organisation = kind is customers.DocumentKind.CREDIT_CODE
    return customers.CustomerGiven(
        kind=customers.PartyKind.ORGANISATION if organisation else customers.PartyKind.INDIVIDUAL,
        name=post.get("name", ""),
        document=customers.DocumentGiven(kind, post.get("number", "")),
        phones=tuple(phone for phone in (post.get("phone", ""), post.get("phone2", "")) if phone.strip()),
        papers=_papers(post),
        agent=_agent(post),
        address=post.get("address", ""),
        language=post.get("language", customers.USUAL),
    )


def agreed(post: QueryDict) -> customers.Agreed:
    """What the customer said to the notice that the page showed."""
    return customers.Agreed(
        post.get("notice", ""), post.get("consent_notice") == "1", post.get("consent_sensitive") == "1"
    )


def _document_kind(post: QueryDict, name: str) -> customers.DocumentKind:
    try:
        return customers.DocumentKind(post.get(name, ""))
    except ValueError:
        raise BadRequest(field=name, field_name=name) from None


def _agent(post: QueryDict) -> customers.AgentGiven | None:
    name = post.get("agent_name", "")
    if not name.strip():
        return None
    document = customers.DocumentGiven(
        _document_kind(post, "agent_kind") if post.get("agent_kind") else customers.DocumentKind.RESIDENT_ID,
        post.get("agent_number", ""),
    )
    return customers.AgentGiven(name, document, post.get("agent_phone", ""))


def _papers(post: QueryDict) -> tuple[customers.Paper, ...]:
    """Each paper is ticked by what was done with it: `identity_document.original`, `power_of_attorney.sealed`, …"""
    ticked: dict[customers.PaperKind, set[str]] = {}
    for entry in post.getlist("papers"):
        kind, _, what = entry.partition(".")
        if kind in set(customers.PaperKind) and what in ("original", "copy", "sealed"):
            ticked.setdefault(customers.PaperKind(kind), set()).add(what)
    return tuple(
        customers.Paper(kind, original="original" in done, copy="copy" in done, sealed="sealed" in done)
        for kind, done in ticked.items()
    )


def purpose_stated(post: QueryDict) -> customers.PurposeStated:
    """`purpose` is a way of verification, "open_case" with its number, or "break_glass" with its reason."""
    chosen = post.get("purpose", "")
    if chosen in set(customers.Verification):
        return customers.PurposeStated(
            customers.PurposeKind.PRESENT_VERIFIED,
            verification=customers.Verification(chosen),
            for_self=not post.get("for_another"),
            contact=_contact(post),
        )
    if chosen == customers.PurposeKind.OPEN_CASE:
        return customers.PurposeStated(customers.PurposeKind.OPEN_CASE, case=post.get("case", ""))
    return customers.PurposeStated(customers.PurposeKind.BREAK_GLASS, reason=post.get("reason", ""))


def _contact(post: QueryDict) -> tuple[int, str] | None:
    """The authorised contact who is here for an organisation, with the document that was laid on the counter."""
    chosen = post.get("contact", "")
    known = chosen.isdecimal() and len(chosen) < 10
    return (int(chosen), post.get("contact_document", "")) if known else None


AT_REGISTRATION = customers.PurposeStated(
    customers.PurposeKind.PRESENT_VERIFIED, verification=customers.Verification.ID_DOCUMENT
)
"""Whoever is being registered is present, and their document has just been checked (SEC-02)."""
