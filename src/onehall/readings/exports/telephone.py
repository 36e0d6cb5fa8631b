"""Telephones: what was charged each day, monthly runs by hall, bills far above the months before, rows that wait (VOI-02, BIL-04, LAW-12)."""

from onehall.foundation.database import within
from onehall.foundation.documents.columns import moment, money, named, text, units, worded
from onehall.foundation.values.text import Text
from onehall.readings.exports.lists import Listed
from onehall.steps.call_records import WAITS

_RATED = f"""
    select to_char(c.at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as day, to_char(c.month, 'YYYY-MM') as month,
        count(*) filter (where c.turn = 0) as calls, coalesce(sum(c.minutes) filter (where c.turn = 0), 0)::bigint as minutes,
        coalesce(sum(c.amount) filter (where c.turn = 0), 0)::bigint as amount, count(*) filter (where c.turn > 0) as corrected,
        coalesce(sum(c.amount) filter (where c.turn > 0), 0)::bigint as difference, h.name_zh as hall_zh, h.name_en as hall_en
    from pub_voice_charge c join pub_organisation_hall h on h.id = c.hall_id
    where {within("c.hall_id", "c.at")}
    group by 1, 2, h.id, h.name_zh, h.name_en order by 1, 2, h.id
"""  # noqa: S608 - constant text
_RUNS = f"""
    select to_char(r.month, 'YYYY-MM') as month, r.asked_at, a.name as asked, r.drafted_at, g.name as agreed, r.approved_at, r.withdrawn_at, r.why,
        r.bills, r.rents, r.charge, -r.credit_used as credit, r.adjustment, r.due, case when r.approved_at is not null then r.fen end as booked,
        r.outliers, h.name_zh as hall_zh, h.name_en as hall_en
    from pub_voice_run r join pub_organisation_hall h on h.id = r.hall_id
    left join pub_organisation_person a on a.user_id = r.asked_by_id left join pub_organisation_person g on g.user_id = r.approved_by_id
    where {within("r.hall_id", "r.asked_at")}
    order by r.id, h.id
"""  # noqa: S608 - constant text
_OUTLIERS = f"""
    select to_char(b.month, 'YYYY-MM') as month, b.number, b.plan, b.calls, b.minutes,
        b.rent + b.caller_id + b.charge - b.monthly_used - b.annual_used + b.adjustment as due, b.mean, b.approved_at,
        h.name_zh as hall_zh, h.name_en as hall_en
    from pub_voice_bill b join pub_voice_run r on r.id = b.run_id and r.hall_id = b.hall_id join pub_organisation_hall h on h.id = b.hall_id
    where b.outlier and {within("b.hall_id", "r.asked_at")}
    order by b.month, b.number, b.id
"""  # noqa: S608 - constant text
_SUSPENSE = f"""
    select s.at, s.name, s.line, s.call_id, s.start, s.caller, s.seconds, s.reason, h.name_zh as hall_zh, h.name_en as hall_en
    from pub_voice_suspense s join pub_organisation_hall h on h.id = s.hall_id
    where {within("s.hall_id", "s.at")}
    order by s.delivery_id, s.line
"""  # noqa: S608 - constant text
_HALL = named("营业厅", "Hall", "hall")
_MONTH = text("月份", "Month", "month", 10)
_STARTED = Text("试算发起日期", "day the trial was started")

LISTS = (
    Listed(
        "telephone-rating", Text("电话日计费", "Telephone rating by day"), "telephone.view",
        (
            text("计费日", "Charged on", "day", 12), _MONTH, text("次数", "Calls", "calls", 10), text("分钟", "Minutes", "minutes", 10),
            units("通话费", "Charge", "amount"), text("更正次数", "Corrected", "corrected", 10), units("更正差额", "Difference", "difference"), _HALL,
        ),
        _RATED, Text("计费日期", "day charged"),
    ),
    Listed(
        "telephone-runs", Text("电话月结出帐", "Telephone monthly runs"), "telephone.view",
        (
            _MONTH, moment("试算发起", "Started", "asked_at"), text("发起人", "By", "asked"), moment("试算做完", "Drafted", "drafted_at"),
            text("核准人", "Approved by", "agreed"), moment("核准入帐", "Approved", "approved_at"), moment("撤回", "Withdrawn", "withdrawn_at"),
            text("撤回原因", "Why", "why", 24), text("帐单", "Bills", "bills", 10), units("月租和来显费", "Rents and caller ID", "rents"),
            units("通话费", "Calls", "charge"), units("赠送话费支付", "Paid by credit", "credit"),
            units("以前月份的调整", "Adjustments", "adjustment"), units("应收", "Due", "due"), money("已入帐", "Booked", "booked"),
            text("异常", "Outliers", "outliers", 8), _HALL,
        ),
        _RUNS, _STARTED,
    ),
    Listed(
        "telephone-outliers", Text("电话异常帐单", "Telephone bills far above the mean"), "telephone.view",
        (
            _MONTH, text("号码", "Number", "number"), text("资费", "Plan", "plan"), text("次数", "Calls", "calls", 10), text("分钟", "Minutes", "minutes", 10),
            units("应收", "Due", "due"), units("前三个月平均", "Mean of three months", "mean"), moment("核准入帐", "Approved", "approved_at"), _HALL,
        ),
        _OUTLIERS, _STARTED,
    ),
    Listed(
        "telephone-suspense", Text("没有计费的话单", "Call records not charged"), "telephone.view",
        (
            moment("送来", "Delivered", "at"), text("来自", "From", "name", 24), text("行", "Row", "line", 8), text("话单编号", "Call id", "call_id", 20),
            text("开始", "Start", "start", 20), text("主叫", "Caller", "caller"), text("秒", "Seconds", "seconds", 8),
            worded("原因", "Reason", "reason", WAITS), _HALL,
        ),
        _SUSPENSE, Text("送来日期", "day delivered"),
    ),
)  # fmt: skip
