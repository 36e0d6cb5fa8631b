"""A series without paper is no book that somebody holds, and has no stubs to write off: what is told of books leaves it out (RCP-02)."""

# ruff: noqa: S608 - views of our own text
from django.db import migrations

_PRINTED = "b.prefix || lpad({0}::text, greatest(b.width, length({0}::text)), '0')"
_LIFE = f"""create or replace view pub_numbers_book_life as
    select b.id, b.kind, b.hall_id, b.counter_id, b.prefix, b.width, b.first, b.last, b.next, {_PRINTED.format("b.first")} as first_number,
        {_PRINTED.format("b.last")} as last_number, b.issued_at, b.by_id, h.person_id as holder_id, h.by_id as handed_by_id,
        h.at as held_since, r.at as returned_at, r.stubs, (select max(s.last) from numbers_stubcheck s where s.book_id = b.id) as written_off,
        (select max(s.upto) from numbers_stubcheck s where s.book_id = b.id) as looked_upto
    from numbers_book b left join numbers_bookreturn r on r.book_id = b.id
    left join lateral (select * from numbers_bookholding h where h.book_id = b.id order by h.id desc limit 1) h on true"""


class Migration(migrations.Migration):
    dependencies = [("numbers", "0210_series_without_paper")]

    operations = [migrations.RunSQL(f"{_LIFE} where b.paper", _LIFE)]
