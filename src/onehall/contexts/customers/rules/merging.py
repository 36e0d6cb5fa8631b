"""Whether two records are one customer (CUS-06), and what a merge is refused for."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from onehall.contexts.customers.rules.purposes import SHORTEST_REASON
from onehall.foundation.refusals import Refusal
from onehall.foundation.values.ids import PartyId


class Suspicion(StrEnum):
    """Why two records may be one customer, the strongest first."""

    SAME_DOCUMENT = "same_document"
    NAME_AND_PHONE = "name_and_phone"
    OTHER_DOCUMENT = "other_document"


@dataclass(frozen=True, slots=True)
class Traits:
    """What a record is recognised by: kind, hashes of its documents, its names with hashes of its telephones."""

    kind: str
    documents: frozenset[bytes]
    callings: frozenset[tuple[str, bytes]]


@dataclass(frozen=True, slots=True)
class Merged:
    """A merge that stands, or stood until `undone_at`."""

    id: int
    absorbed_id: PartyId
    survivor_id: PartyId
    at: datetime
    undone_at: datetime | None


class MergeRefused(Refusal):
    """The base of what a merge is refused for."""

    code = "customers.merge_refused"
    rule = "CUS-06"
    alternative_zh = "请刷新名单，核对两条记录后再办。"
    alternative_en = "Reload the list and compare the two records once more."


class KindsDiffer(MergeRefused):
    code = "customers.kinds_differ"
    zh = "个人与单位不能合并为一个客户。"
    en = "A person and an organisation are never merged."
    alternative_zh = "单位的经办人请登记为代办人。"
    alternative_en = "Register the person as the organisation's agent instead."


class NotSuspected(MergeRefused):
    code = "customers.not_suspected"
    zh = "这两条记录证件不同，姓名和电话也不同时相符，不能合并。"
    en = "Neither the document nor name and telephone together agree: these two are not merged."
    alternative_zh = "请核对客户证件；资料登记有误的，先更正资料。"
    alternative_en = "Check the documents; where something was entered wrongly, correct it first."


class AlreadyMerged(MergeRefused):
    code = "customers.already_merged"
    zh = "这两条记录中有一条已经并入别的客户，没有再合并。"
    en = "One of the two records has been merged already; nothing was merged again."
    alternative_zh = "请刷新名单，打开合并后的客户再看。"
    alternative_en = "Reload the list and open the customer that is left."


class DocumentsToSee(MergeRefused):
    code = "customers.documents_to_see"
    status = 400
    zh = "两条记录证件号码不同，可能是两个人：须核对过两份证件原件才能合并。"
    en = "The two documents differ, so these may be two people: both originals must have been seen."
    alternative_zh = "请客户出示两份证件，核对后勾选“两份证件原件已核对”并写明情况。"
    alternative_en = "Ask for both documents, tick that both were seen, and say what you found."


class MergeReasonMissing(MergeRefused):
    code = "customers.merge_reason_missing"
    status = 400
    zh = "请写明原因（至少 {least} 个字）。"
    en = "Give the reason ({least} characters at least)."


class StillServed(MergeRefused):
    code = "customers.still_served"
    zh = "其中一条记录还有没办完的受理单（{where}），现在不能合并。"
    en = "One of the two has a basket that is not finished ({where_en}); they cannot be merged now."
    alternative_zh = "请先在该台席收款、或按“客户不办了”结束受理单，再合并。"
    alternative_en = "Let that counter take the payment or end the basket, then merge."


class MergeUndone(MergeRefused):
    code = "customers.merge_undone"
    zh = "这次合并已经撤销过了。"
    en = "This merge has been undone already."


class MaybeKnown(MergeRefused):
    """Whoever is being registered has the name and the telephone of somebody who is known."""

    code = "customers.maybe_known"
    zh = "同名同电话的客户已经登记过：{name}（{document}）。"
    en = "A customer of this name and telephone is registered already: {name} ({document})."
    alternative_zh = "是同一人就打开该客户继续办理；确实是另一个人，勾选“确认是另一位客户”再登记。"
    alternative_en = (
        "Open that customer if it is the same person; if not, tick “another customer” and register."
    )


def suspicion(one: Traits, other: Traits) -> Suspicion | None:
    """Why the two may be one customer; None where nothing says so. People and organisations are never one."""
    if one.kind != other.kind:
        return None
    if one.documents & other.documents:
        return Suspicion.SAME_DOCUMENT
    if not one.callings & other.callings:
        return None
    both_shown = one.documents and other.documents
    return Suspicion.OTHER_DOCUMENT if both_shown else Suspicion.NAME_AND_PHONE


def check_reason(reason: str) -> str:
    """The reason, trimmed; refuses an empty word."""
    said = reason.strip()
    if len(said) < SHORTEST_REASON:
        raise MergeReasonMissing(field="reason", least=SHORTEST_REASON)
    return said


def check_merge(one: Traits, other: Traits, *, documents_seen: bool) -> Suspicion:
    """Why the two are merged; KindsDiffer, NotSuspected, or DocumentsToSee where two documents were not compared."""
    if one.kind != other.kind:
        raise KindsDiffer()
    found = suspicion(one, other)
    if found is None:
        raise NotSuspected()
    if found is Suspicion.OTHER_DOCUMENT and not documents_seen:
        raise DocumentsToSee(field="documents_seen")
    return found
