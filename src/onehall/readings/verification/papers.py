"""Papers from the printer to the stub: each range within the one it came from, each book with somebody who is there (RCP-02)."""

from onehall.foundation.values.text import Text
from onehall.readings.verification.check import Check

# A book that was issued to a person lies in what its hall drew and took; those without a holder came with the profile.
_OUTSIDE = """
    select b.first_number as id, 'drawn by its hall' as expected, b.first_number || '–' || b.last_number as found
    from pub_numbers_book_life b
    where {b.halls} and b.holder_id is not null and b.by_id is not null and not exists (
        select from pub_numbers_draw d where d.hall_id = b.hall_id and (d.kind, d.prefix, d.width) = (b.kind, b.prefix, b.width)
          and d.first <= b.first and b.last <= d.last and d.taken_at is not null)
      and exists (select from pub_numbers_lot l where l.at <= b.issued_at)
"""
_ASTRAY = """
    select t.first_number as id, l.first_number || '–' || l.last_number as expected, t.first_number || '–' || t.last_number as found
    from pub_numbers_draw t join pub_numbers_lot l on l.id = t.lot_id
    where {t.halls} and (t.first < l.first or t.last > l.last or exists (
        select from pub_numbers_draw o where o.lot_id = t.lot_id and o.id <> t.id and o.first <= t.last and o.last >= t.first))
"""
_GONE = """
    select b.first_number as id, 'somebody of the hall' as expected, coalesce(p.staff_no, b.holder_id::text) as found
    from pub_numbers_book_life b left join pub_organisation_person p on p.user_id = b.holder_id
    where {b.halls} and b.holder_id is not null and b.returned_at is null and not exists (
        select from pub_organisation_post o where o.person_id = p.id and o.hall_id = b.hall_id)
"""
_OWN = """
    select b.first_number as id, 'another person' as expected, b.holder_id::text as found
    from pub_numbers_book_life b where {b.halls} and b.holder_id = b.handed_by_id
"""
_STUBS = """
    select r.first_number as id, r.papers as expected, count(p.number) as found
    from pub_numbers_stub_check r join pub_numbers_book b on b.id = r.book_id
    left join (select book_id, number from pub_invoicing_paper union all select book_id, number from pub_numbers_spoilt) p
        on p.book_id = b.id and left(p.number, length(b.prefix)) = b.prefix
        and substr(p.number, length(b.prefix) + 1) ~ '^[0-9]{1,18}$'
        and substr(p.number, length(b.prefix) + 1)::bigint between r.first and r.last
    where {r.halls} and r.reason = ''
    group by r.id, r.first_number, r.papers having count(p.number) <> r.papers
"""

CHECKS = (
    Check("RCP-02", "draw", Text("领用在进库的票据以内", "what halls drew lies within its lot"), _ASTRAY, money=False),
    Check("RCP-02", "book", Text("票据本在本厅领用以内", "books lie within what their hall drew"), _OUTSIDE, money=False),
    Check("RCP-02", "book", Text("票据本在本厅在职的人手里", "books are with people of their hall"), _GONE, money=False),
    Check("RCP-02", "book", Text("票据本不由本人发给自己", "nobody handed a book to himself"), _OWN, money=False),
    Check("RCP-02", "stubs", Text("销号的存根都有票据", "stubs written off are papers"), _STUBS, money=False),
)  # fmt: skip
