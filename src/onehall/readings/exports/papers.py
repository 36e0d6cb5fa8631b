"""Books of papers: what a hall drew, used, made void and has left; every book, every write-off, every spoilt paper (RCP-02)."""

from onehall.foundation.database import within
from onehall.foundation.documents.columns import moment, named, text, worded
from onehall.foundation.values.text import Text
from onehall.readings.exports.lists import Listed

_KINDS = {"receipt": Text("收据", "receipts"), "invoice": Text("发票", "invoices")}
_STATES = {
    "in_use": Text("在用", "in use"), "used_up": Text("用完", "used up"), "returned": Text("已收回", "returned"),
}  # fmt: skip
# Books that lie in no draw came with the profile or the register of before: the hall got them when they were issued, or when
# the first paper of them was written, where an older paper was typed later.
_USE = """
    with span as (
        select coalesce(%(start)s::timestamptz, '-infinity') as start, coalesce(%(end)s::timestamptz, 'infinity') as upto),
    moves as (
        select hall_id, kind, taken_at as at, papers as got, 0 as used, 0 as void, 0 as back
        from pub_numbers_draw where taken_at is not null
        union all
        select b.hall_id, b.kind,
               least(b.issued_at, (select min(p.issued_at) from pub_invoicing_paper p where p.book_id = b.id)),
               b.last - b.first + 1, 0, 0, 0 from pub_numbers_book_life b
        where not exists (
            select from pub_numbers_draw d where d.hall_id = b.hall_id and (d.kind, d.prefix) = (b.kind, b.prefix)
              and d.first <= b.first and b.last <= d.last)
        union all
        select p.hall_id, b.kind, p.issued_at, 0, 1, p.void::int, 0
        from pub_invoicing_paper p join pub_numbers_book_life b on b.id = p.book_id
        union all
        select hall_id, kind, at, 0, 1, 1, 0 from pub_numbers_spoilt
        union all
        select hall_id, kind, returned_at, 0, 0, 0, stubs from pub_numbers_book_life where returned_at is not null)
    select m.kind, h.name_zh as hall_zh, h.name_en as hall_en,
           coalesce(sum(m.got - m.used) filter (where m.at < s.start), 0)::bigint as opening,
           coalesce(sum(m.got) filter (where m.at >= s.start), 0)::bigint as drawn,
           coalesce(sum(m.used) filter (where m.at >= s.start), 0)::bigint as used,
           coalesce(sum(m.void) filter (where m.at >= s.start), 0)::bigint as void,
           coalesce(sum(m.got - m.used), 0)::bigint as left,
           coalesce(sum(m.back) filter (where m.at >= s.start), 0)::bigint as back
    from moves m cross join span s join pub_organisation_hall h on h.id = m.hall_id
    where m.at < s.upto and (%(halls)s::bigint[] is null or m.hall_id = any(%(halls)s))
    group by h.id, h.name_zh, h.name_en, m.kind order by h.id, m.kind desc
"""
_BOOKS = f"""
    select b.kind, c.no as counter, p.name as holder, b.first_number, b.last_number, b.last - b.next + 1 as left,
           b.issued_at, b.returned_at, b.stubs, h.name_zh as hall_zh, h.name_en as hall_en,
           case when b.returned_at is not null then 'returned' when b.next > b.last then 'used_up' else 'in_use' end as state
    from pub_numbers_book_life b join pub_organisation_hall h on h.id = b.hall_id
    join pub_organisation_counter c on c.id = b.counter_id
    left join pub_organisation_person p on p.user_id = b.holder_id
    where {within("b.hall_id", "b.issued_at")} order by b.id
"""  # noqa: S608 - constant text
_CHECKS = f"""
    select s.day::text as day, s.kind, c.no as counter, s.first_number, s.last_number, s.papers, s.stubs, s.voids_due, s.voids,
           s.reason, p.name as keeper, s.at, h.name_zh as hall_zh, h.name_en as hall_en
    from pub_numbers_stub_check s join pub_organisation_hall h on h.id = s.hall_id
    join pub_organisation_counter c on c.id = s.counter_id left join pub_organisation_person p on p.user_id = s.by_id
    where {within("s.hall_id", "s.at")} order by s.id
"""  # noqa: S608 - constant text
_SPOILT = f"""
    select s.at, s.kind, c.no as counter, s.number, s.copies, s.reason, p.name as clerk,
           h.name_zh as hall_zh, h.name_en as hall_en
    from pub_numbers_spoilt s join pub_organisation_hall h on h.id = s.hall_id
    join pub_organisation_counter c on c.id = s.counter_id left join pub_organisation_person p on p.user_id = s.by_id
    where {within("s.hall_id", "s.at")} order by s.id
"""  # noqa: S608 - constant text
_HALL, _KIND = named("营业厅", "Hall", "hall"), worded("票据", "Papers", "kind", _KINDS)
_FROM, _TO = text("起号", "First", "first_number", 12), text("止号", "Last", "last_number", 12)

LISTS = (
    Listed(
        "paper-use", Text("票据使用报告", "Use of papers"), "books.view",
        (
            _KIND, text("期初结存", "Opening", "opening", 10), text("领入", "Drawn", "drawn", 10), text("使用", "Used", "used", 10),
            text("其中作废", "Void among them", "void", 10), text("期末结存", "Left", "left", 10),
            text("交回存根", "Stubs returned", "back", 10), _HALL,
        ),
        _USE, Text("日期", "day"),
    ),
    Listed(
        "paper-books", Text("票据本登记", "Books of papers"), "books.view",
        (
            _KIND, text("台席", "Counter", "counter", 8), text("持有人", "Held by", "holder"), _FROM, _TO, text("剩", "Left", "left", 8),
            moment("发放", "Issued", "issued_at"), worded("状态", "State", "state", _STATES), moment("收回", "Returned", "returned_at"),
            text("存根", "Stubs", "stubs", 8), _HALL,
        ),
        _BOOKS, Text("发放日期", "day of issue"),
    ),
    Listed(
        "stub-checks", Text("存根销号登记", "Stubs written off"), "books.view",
        (
            text("日报日期", "Day", "day", 12), _KIND, text("台席", "Counter", "counter", 8), _FROM, _TO, text("应有", "Due", "papers", 8),
            text("点到", "Counted", "stubs", 8), text("应有作废", "Void due", "voids_due", 8), text("作废", "Void", "voids", 8),
            text("差异原因", "Reason", "reason", 24), text("核对人", "Keeper", "keeper"), moment("时间", "When", "at"), _HALL,
        ),
        _CHECKS, Text("销号日期", "day of the write-off"),
    ),
    Listed(
        "spoilt-papers", Text("作废空白票据登记", "Spoilt papers"), "books.view",
        (
            moment("时间", "When", "at"), _KIND, text("台席", "Counter", "counter", 8), text("号码", "Number", "number", 12),
            text("联数", "Copies", "copies", 8), text("原因", "Reason", "reason", 24), text("经办人", "Clerk", "clerk"), _HALL,
        ),
        _SPOILT, Text("日期", "day"),
    ),
)  # fmt: skip
