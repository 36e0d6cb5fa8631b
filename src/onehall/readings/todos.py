"""待办 What waits for one person in one hall, read where it waits, in the order of ORD-16."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from onehall.contexts.customers import api as customers
from onehall.foundation.approvals import KINDS
from onehall.foundation.approvals import queries as approvals
from onehall.foundation.bulletins import queries as bulletins
from onehall.foundation.database import fetch_all
from onehall.foundation.scopes import Actor, Scope
from onehall.foundation.todos import Todo, WaitsFor, in_order
from onehall.foundation.values.text import Text
from onehall.readings.todos_of_money import of_money

_CASES = """
    select id::text as key, state, serial || ' ' || address as detail, coalesce(handed_at, accepted_at) as since,
           waiting_until as due, party_id
    from pub_fieldwork_work_order
    where hall_id = %(hall)s and closed_at is null and (
        state = any(%(states)s) and (state <> 'to_follow_up' or follow_up_due <= %(at)s)
        or state = 'dispatched' and %(accepts)s and project_manager_id = %(user)s
        or state = 'to_visit' and %(assigns)s and installer_id is null)
    order by waiting_until nulls last, id limit %(limit)s
"""
_BASKETS = """
    select id::text as key, party_id, opened_at as since from pub_orders_basket
    where hall_id = %(hall)s and state = 'held' order by opened_at limit %(limit)s
"""
_ENQUIRIES = """
    select id::text as key, what as detail, taken_at as since, due_at as due, party_id,
           case when offered_to = %(user)s then 'offered' when answered_at is not null then 'answered' else 'held' end as state
    from pub_workforce_enquiry
    where hall_id = %(hall)s and closed_at is null
      and (offered_to = %(user)s or answered_at is null and holder = %(user)s or answered_at is not null and first = %(user)s)
    order by due_at, id limit %(limit)s
"""
_COMMANDS = """
    select count(*) as number, min(c.created_at) as since
    from pub_provisioning_command c
    left join pub_subscriptions_line l on l.account_name = c.account and l.ended_at is null
    left join pub_customers_premises p on p.id = l.dwelling_id
    left join pub_organisation_hall h on split_part(p.path, '/', 1) = any(h.compounds)
    where c.done_at is null and c.attempts > 0 and h.id = %(hall)s
"""
_MESSAGES = """
    select n.id::text as key, coalesce(p.name, '') as detail, n.done_at as since, n.not_after as due, n.party_id
    from notices_notice n left join pub_customers_party p on p.id = n.party_id
    where n.hall_id = %(hall)s and n.state in ('failed', 'refused', 'to_call') and n.not_after > %(at)s
    order by n.not_after, n.id limit %(limit)s
"""
_STATES = {
    "to_follow_up": (
        "work.followup", WaitsFor.CUSTOMER, Text("回访客户", "Call the customer"), "/desk/follow-ups/{key}"),
    "to_dispatch": ("work.dispatch", WaitsFor.COLLEAGUE, Text("发单", "Dispatch"), "/board/work/{key}"),
    "dispatched": ("work.accept", WaitsFor.COLLEAGUE, Text("签收工单", "Sign for the work"), "/board/work/{key}"),
    "to_visit": ("work.assign", WaitsFor.COLLEAGUE, Text("派装维", "Assign an installer"), "/board/work/{key}"),
    "to_return": ("work.return", WaitsFor.COLLEAGUE, Text("回单", "Take the sheet back"), "/desk/returns/{key}"),
    "to_archive": ("work.archive", WaitsFor.PAPER, Text("归档", "Archive"), "/desk/follow-ups/{key}"),
}  # fmt: skip
_STEPS = {
    "offered": Text("同事请您接手一件咨询", "A colleague asks you to take an enquiry over"),
    "held": Text("答复客户的咨询", "Answer an enquiry"),
    "answered": Text("同事已答复，请您确认办结", "Answered for you: see it closed"),
}


def todos(*, by: Actor, at: datetime, limit: int, scope: Scope) -> list[Todo]:
    """Everything that this person may do now and somebody waits for, at most `limit` of a kind; customers first."""
    scope.require(by.hall_id)
    facts: dict[str, Any] = {"hall": by.hall_id, "user": by.user_id, "at": at, "limit": limit}
    found = [
        *_enquiries(facts), *_baskets(by, facts), *_cases(by, facts), *_commands(by, facts), *_approvals(by, at, limit),
        *of_money(by, facts, scope), *_notices(by, limit), *_messages(by, facts),
    ]  # fmt: skip
    return in_order(_ranked(found, at))


def _ranked(found: list[Todo], at: datetime) -> list[Todo]:
    """Each with how far ahead its customer stands: customers belong to the operator, whichever hall they wait in."""
    parties = sorted({one.party_id for one in found if one.party_id})
    ahead = customers.precedences(parties, at=at, scope=Scope.operator()) if parties else {}
    return [
        replace(one, rank=ahead[one.party_id].rank, mark=ahead[one.party_id].words)
        if one.party_id in ahead
        else one
        for one in found
    ]


def _cases(by: Actor, facts: dict[str, Any]) -> list[Todo]:
    mine = [state for state, (permission, *_) in _STATES.items() if by.may(permission)]
    states = [state for state in mine if state not in ("dispatched", "to_visit")]
    asked = {"states": states, "accepts": by.may("work.accept"), "assigns": by.may("work.assign")}
    if not mine:
        return []
    found = []
    for row in fetch_all(_CASES, {**facts, **asked}):
        _, waits_for, words, href = _STATES[row.pop("state")]
        found.append(Todo("case", words=words, href=href.format(**row), waits_for=waits_for, **row))
    return found


def _baskets(by: Actor, facts: dict[str, Any]) -> list[Todo]:
    if not by.may("basket.edit"):
        return []
    words = Text("客户的受理单挂着", "A basket is on hold")
    return [
        Todo(
            "basket",
            words=words,
            href=f"/desk/customers/{row['party_id']}",
            waits_for=WaitsFor.CUSTOMER,
            **row,
        )
        for row in fetch_all(_BASKETS, facts)
    ]


def _enquiries(facts: dict[str, Any]) -> list[Todo]:
    return [
        Todo(
            "enquiry", words=_STEPS[row.pop("state")], href=f"/desk/enquiries/{row['key']}", waits_for=WaitsFor.CUSTOMER,
            **row,
        )
        for row in fetch_all(_ENQUIRIES, facts)
    ]  # fmt: skip


def _commands(by: Actor, facts: dict[str, Any]) -> list[Todo]:
    if not by.may("network.view"):
        return []
    (row,) = fetch_all(_COMMANDS, facts)
    if not row["number"]:
        return []
    words = Text(f"{row['number']} 条网络命令没送到", f"{row['number']} network commands failed")
    return [Todo("command", "all", words, "/board/network/waiting", WaitsFor.CUSTOMER, row["since"])]


def _approvals(by: Actor, at: datetime, limit: int) -> list[Todo]:
    if not by.may("approval.view"):
        return []
    return [
        Todo(
            "approval", str(one.id), Text(f"审批：{KINDS[one.kind].name.zh}", f"Decide: {KINDS[one.kind].name.en}"),
            f"/board/approvals/{one.id}", WaitsFor.COLLEAGUE, one.asked_at, one.expires_at, f"{one.asked_by} · {one.reason}",
        )
        for one in approvals.to_decide(by=by, at=at, limit=limit)
    ]  # fmt: skip


def _notices(by: Actor, limit: int) -> list[Todo]:
    words = Text("阅读业务通知", "Read a notice")
    return [
        Todo(
            "notice",
            str(one.id),
            words,
            f"/board/notices/{one.id}",
            WaitsFor.PAPER,
            one.sent_at,
            one.read_by,
            one.title,
        )
        for one in bulletins.unread(by=by, limit=limit)
    ]


def _messages(by: Actor, facts: dict[str, Any]) -> list[Todo]:
    """Messages that did not arrive, as long as telling them is worth it (BIL-06)."""
    if not by.may("message.settle"):
        return []
    words = Text("通知没送到，请另行告知客户", "A message did not arrive: tell the customer")
    return [
        Todo("message", words=words, href=f"/desk/messages/{row['key']}", waits_for=WaitsFor.CUSTOMER, **row)
        for row in fetch_all(_MESSAGES, facts)
    ]
