"""Cash that went wrong: notes refused as false, and what drawers were short of (LAW-02, LAW-04)."""

from onehall.foundation.database import within
from onehall.foundation.documents.columns import moment, money, named, text, worded
from onehall.foundation.values.text import Text
from onehall.readings.exports.lists import Listed

_CAUSES = {
    "miscount": Text("点错、找错", "miscounted or wrong change"),
    "counterfeit": Text("没有识别的假币", "counterfeit not recognised"),
}
_OUTCOMES = {
    "clerk": Text("本人承担", "the clerk"),
    "company": Text("公司承担", "the company"),
    "dropped": Text("不再追究", "dropped"),
}
_ANSWERS = {True: Text("确认", "acknowledged"), False: Text("异议", "objected")}
_NOTES = f"""
    select n.at, k.no as counter, u.name as clerk, n.piece, n.pieces::text as pieces, n.mark, h.name_zh as hall_zh, h.name_en as hall_en
    from pub_custody_refused_note n join pub_organisation_hall h on h.id = n.hall_id
    left join pub_organisation_counter k on k.id = n.counter_id
    left join pub_organisation_person u on u.user_id = n.by_id
    where {within("n.hall_id", "n.at")}
    order by n.id
"""  # noqa: S608 - constant text
_SHORTAGES = f"""
    select s.proposed_at, u.name as clerk, s.amount, s.cause, p.name as proposer, s.acknowledged, s.answered_at, s.outcome,
           d.name as decider, s.decided_at, h.name_zh as hall_zh, h.name_en as hall_en
    from pub_workforce_shortage s join pub_organisation_hall h on h.id = s.hall_id
    left join pub_organisation_person u on u.user_id = s.clerk_id
    left join pub_organisation_person p on p.user_id = s.proposed_by_id
    left join pub_organisation_person d on d.user_id = s.decided_by_id
    where {within("s.hall_id", "s.proposed_at")}
    order by s.id
"""  # noqa: S608 - constant text
_HALL = named("营业厅", "Hall", "hall")

LISTS = (
    Listed(
        "refused-notes", Text("拒收假币登记", "False notes refused"), "board.view",
        (
            moment("时间", "When", "at"), text("台席", "Counter", "counter", 8), text("营业员", "Clerk", "clerk"),
            money("面额", "Note", "piece"), text("张数", "Pieces", "pieces", 8),
            text("冠字号码", "Number on the note", "mark", 14), _HALL,
        ),
        _NOTES, Text("日期", "day"),
    ),
    Listed(
        "shortages", Text("短款登记", "Shortages"), "shortage.decide",
        (
            moment("提出时间", "Proposed", "proposed_at"), text("营业员", "Clerk", "clerk"), money("金额", "Amount", "amount"),
            worded("原因", "Cause", "cause", _CAUSES), text("提出人", "Proposed by", "proposer"),
            worded("本人回应", "Answer", "acknowledged", _ANSWERS), moment("回应时间", "Answered", "answered_at"),
            worded("决定", "Decision", "outcome", _OUTCOMES), text("决定人", "Decided by", "decider"),
            moment("决定时间", "Decided", "decided_at"), _HALL,
        ),
        _SHORTAGES, Text("提出日期", "day of the proposal"),
    ),
)  # fmt: skip
