"""Field work: the dispatch register, cases, visits, follow-up calls, the archive. Contacts are on the paper sheet only."""

from onehall.contexts.fieldwork import api as fieldwork
from onehall.foundation.database import within
from onehall.foundation.documents.columns import Column, moment, named, text, worded
from onehall.foundation.values.text import Text
from onehall.readings.exports.lists import Listed

_KINDS = {
    "installation": Text("装机", "installation"),
    "additional_point": Text("加信息点", "additional point"),
    "router_setup": Text("路由器调试", "router set-up"),
    "move": Text("移机", "move"),
}
_OUTCOMES = {
    "unanswered": Text("无人接听", "no answer"),
    "passed": Text("通过", "passed"),
    "failed": Text("不通过", "failed"),
}
_DONE = {True: Text("完工", "done"), False: Text("没有做成", "not done")}

_CASES = """
    select w.*, h.name as handed_by, m.name as manager, i.name as installer
    from pub_fieldwork_work_order w
    left join pub_organisation_person h on h.user_id = w.handed_by_id
    left join pub_organisation_person m on m.user_id = w.project_manager_id
    left join pub_organisation_person i on i.user_id = w.installer_id
"""
_ACCEPTED = f"{_CASES} where {within('w.hall_id', 'w.accepted_at')} order by w.accepted_at, w.id"
_ARCHIVED = f"""
    {_CASES} where w.archived_at is not null and {within("w.hall_id", "w.archived_at")} order by w.archived_at, w.id
"""
_VISITS = f"""
    select w.serial, w.account, w.address, w.kind, v.started_at, v.ended_at, v.done, i.name as installer
    from pub_fieldwork_visit v join pub_fieldwork_work_order w on w.id = v.work_order_id
    left join pub_organisation_person i on i.user_id = v.installer_id
    where {within("w.hall_id", "v.started_at")}
    order by v.id
"""  # noqa: S608 - constant text
_CALLS = f"""
    select w.serial, w.account, w.address, w.offering_zh, w.offering_en, k.at, k.outcome, k.satisfaction, u.name as agent
    from pub_fieldwork_call k join pub_fieldwork_work_order w on w.id = k.work_order_id
    left join pub_organisation_person u on u.user_id = k.by_id
    where {within("w.hall_id", "k.at")}
    order by k.id
"""  # noqa: S608 - constant text

_WHAT: tuple[Column, ...] = (
    text("流水号", "Serial", "serial", 16),
    text("用户账号", "Account", "account"),
    text("地址", "Address", "address", 26),
)
_BUSINESS = named("业务", "Service", "offering")
_ACCEPTANCE, _RETURN = (
    moment("受理时间", "Accepted", "accepted_at"),
    moment("回单时间", "Returned", "returned_at"),
)
_STAFF = (text("项目经理", "Project manager", "manager"), text("装维人员", "Installer", "installer"))
_KIND = worded("工单类别", "Kind", "kind", _KINDS)
_DAY = Text("受理日期", "day of acceptance")

LISTS = (
    Listed(
        "dispatch",
        Text("发单登记表", "Dispatch register"),
        "board.view",
        (
            *_WHAT,
            _BUSINESS,
            _ACCEPTANCE,
            moment("发单时间", "Handed over", "handed_at"),
            text("发单人", "Handed over by", "handed_by"),
            text("项目经理", "Project manager", "manager"),
            moment("签收时间", "Signed for", "signed_at"),
            _RETURN,
        ),
        _ACCEPTED,
        _DAY,
    ),
    Listed(
        "work",
        Text("工单", "Work orders"),
        "board.view",
        (
            *_WHAT,
            _KIND,
            _BUSINESS,
            worded("状态", "State", "state", {state.value: word for state, word in fieldwork.STATES.items()}),
            _ACCEPTANCE,
            moment("装机时限", "Limit", "due_at"),
            text("归属经营部", "Department", "department"),
            *_STAFF,
            moment("完工时间", "Finished", "finished_at"),
            _RETURN,
            text("回访次数", "Calls", "tries", 8),
            moment("归档时间", "Archived", "archived_at"),
        ),
        _ACCEPTED,
        _DAY,
    ),
    Listed(
        "visits",
        Text("上门记录", "Visits"),
        "board.view",
        (
            *_WHAT,
            _KIND,
            text("装维人员", "Installer", "installer"),
            moment("到达时间", "Arrived", "started_at"),
            moment("结束时间", "Ended", "ended_at"),
            worded("结果", "Outcome", "done", _DONE),
        ),
        _VISITS,
        Text("上门日期", "day of the visit"),
    ),
    Listed(
        "follow-ups",
        Text("回访记录", "Follow-up calls"),
        "board.view",
        (
            *_WHAT,
            _BUSINESS,
            moment("回访时间", "Called", "at"),
            text("回访人", "Agent", "agent"),
            worded("结果", "Outcome", "outcome", _OUTCOMES),
            text("满意度", "Satisfaction", "satisfaction", 8),
        ),
        _CALLS,
        Text("回访日期", "day of the call"),
    ),
    Listed(
        "archive",
        Text("已归档工单", "Archive"),
        "board.view",
        (
            *_WHAT,
            _KIND,
            _BUSINESS,
            _ACCEPTANCE,
            *_STAFF,
            moment("完工时间", "Finished", "finished_at"),
            _RETURN,
            moment("回访通过", "Follow-up passed", "passed_at"),
            moment("归档时间", "Archived", "archived_at"),
        ),
        _ARCHIVED,
        Text("归档日期", "day of archiving"),
    ),
)
