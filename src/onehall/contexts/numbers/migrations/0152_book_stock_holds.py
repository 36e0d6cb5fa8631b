"""Ranges stay apart and inside each other, whoever writes them; stubs are written off one after another (RCP-01, RCP-02)."""

# ruff: noqa: S608 - views of our own text
from django.db import migrations

LOT = """
create function numbers_lot_is_new() returns trigger language plpgsql as $$
begin
    if exists (select from numbers_book b where b.kind = new.kind and b.prefix = new.prefix
               and b.first <= new.last and b.last >= new.first) then
        raise exception 'a book has numbers of this lot' using errcode = 'exclusion_violation', constraint = 'numbers_lot_no_overlap';
    end if;
    return new;
end $$;
create trigger lot_is_new before insert on numbers_booklot for each row execute function numbers_lot_is_new();
"""
DRAW = """
create function numbers_draw_within_lot() returns trigger language plpgsql as $$
begin
    if not exists (select from numbers_booklot l where l.id = new.lot_id and l.first <= new.first and new.last <= l.last) then
        raise exception 'a draw lies within its lot' using errcode = 'check_violation', constraint = 'draw_within_lot';
    end if;
    return new;
end $$;
create trigger draw_within_lot before insert on numbers_bookdraw for each row execute function numbers_draw_within_lot();
"""
TAKEN = """
create function numbers_draw_taken_by_keeper() returns trigger language plpgsql as $$
begin
    if not exists (select from numbers_bookdraw d where d.id = new.draw_id and d.keeper_id = new.by_id) then
        raise exception 'only whom it was handed to takes a draw' using errcode = 'check_violation', constraint = 'draw_taken_by_keeper';
    end if;
    return new;
end $$;
create trigger draw_taken_by_keeper before insert on numbers_bookdrawtaken
    for each row execute function numbers_draw_taken_by_keeper();
"""
# A book that no person issued came with the profile or the register of before.
BOOK = """
create function numbers_book_within_draw() returns trigger language plpgsql as $$
begin
    if new.by_id is not null and not exists (
        select from numbers_bookdraw d join numbers_booklot l on l.id = d.lot_id join numbers_bookdrawtaken t on t.draw_id = d.id
        where l.kind = new.kind and l.prefix = new.prefix and l.width = new.width and d.hall_id = new.hall_id
          and d.first <= new.first and new.last <= d.last)
    then
        raise exception 'book %-% lies in no draw of its hall', new.first, new.last
            using errcode = 'check_violation', constraint = 'book_within_draw';
    end if;
    return new;
end $$;
create trigger book_within_draw before insert on numbers_book for each row execute function numbers_book_within_draw();
"""
SPOILT = """
create function numbers_spoilt_was_drawn() returns trigger language plpgsql as $$
begin
    if not exists (
        select from numbers_book b where b.id = new.book_id and b.next > b.first
          and new.number = b.prefix || lpad((b.next - 1)::text, greatest(b.width, length((b.next - 1)::text)), '0'))
    then
        raise exception 'spoilt paper % is not the last that its book gave', new.number
            using errcode = 'check_violation', constraint = 'spoilt_was_drawn';
    end if;
    return new;
end $$;
create trigger spoilt_was_drawn before insert on numbers_spoiltpaper for each row execute function numbers_spoilt_was_drawn();
"""
STUBS = """
create function numbers_stubs_adjoin() returns trigger language plpgsql as $$
begin
    if not exists (
        select from numbers_book b where b.id = new.book_id and new.last < b.next
          and new.first = coalesce((select max(s.last) + 1 from numbers_stubcheck s where s.book_id = b.id), b.first))
    then
        raise exception 'stubs % to % of book % do not adjoin or were not used', new.first, new.last, new.book_id
            using errcode = 'check_violation', constraint = 'stubs_adjoin';
    end if;
    return new;
end $$;
create trigger stubs_adjoin before insert on numbers_stubcheck for each row execute function numbers_stubs_adjoin();
"""
WRITTEN_OFF = """
create function numbers_return_written_off() returns trigger language plpgsql as $$
begin
    if (select b.last from numbers_book b where b.id = new.book_id)
            is distinct from (select max(s.last) from numbers_stubcheck s where s.book_id = new.book_id) then
        raise exception 'the stubs of book % are not written off', new.book_id
            using errcode = 'check_violation', constraint = 'return_written_off';
    end if;
    return new;
end $$;
create trigger return_written_off before insert on numbers_bookreturn
    for each row execute function numbers_return_written_off();
"""
_PRINTED = "{p}prefix || lpad({n}::text, greatest({p}width, length({n}::text)), '0')"


def printed(number: str, prefix: str = "b.") -> str:
    """SQL of a number as it stands on paper."""
    return _PRINTED.format(p=prefix, n=number)


VIEWS = {
    "pub_numbers_lot": f"""
        select b.id, b.kind, b.prefix, b.width, b.first, b.last, {printed("b.first")} as first_number,
               {printed("b.last")} as last_number, b.last - b.first + 1 as papers, b.note, b.by_id, b.at
        from numbers_booklot b
    """,
    "pub_numbers_draw": f"""
        select d.id, d.lot_id, d.hall_id, b.kind, b.prefix, b.width, d.first, d.last, {printed("d.first")} as first_number,
               {printed("d.last")} as last_number, d.last - d.first + 1 as papers, d.keeper_id, d.by_id, d.at, t.at as taken_at
        from numbers_bookdraw d join numbers_booklot b on b.id = d.lot_id left join numbers_bookdrawtaken t on t.draw_id = d.id
    """,
    "pub_numbers_book_life": f"""
        select b.id, b.kind, b.hall_id, b.counter_id, b.prefix, b.width, b.first, b.last, b.next,
               {printed("b.first")} as first_number, {printed("b.last")} as last_number, b.issued_at, b.by_id,
               h.person_id as holder_id, h.by_id as handed_by_id, h.at as held_since, r.at as returned_at, r.stubs,
               (select max(s.last) from numbers_stubcheck s where s.book_id = b.id) as written_off,
               (select max(s.upto) from numbers_stubcheck s where s.book_id = b.id) as looked_upto
        from numbers_book b
        left join lateral (select * from numbers_bookholding h where h.book_id = b.id order by h.id desc limit 1) h on true
        left join numbers_bookreturn r on r.book_id = b.id
    """,
    "pub_numbers_spoilt": """
        select s.id, b.hall_id, b.counter_id, b.kind, s.book_id, s.number, s.copies, s.reason, s.by_id, s.at
        from numbers_spoiltpaper s join numbers_book b on b.id = s.book_id
    """,
    "pub_numbers_stub_check": f"""
        select s.id, b.hall_id, b.counter_id, b.kind, s.book_id, s.day, s.first, s.last, {printed("s.first")} as first_number,
               {printed("s.last")} as last_number, s.last - s.first + 1 as papers, s.stubs, s.voids, s.voids_due, s.reason, s.by_id, s.at
        from numbers_stubcheck s join numbers_book b on b.id = s.book_id
    """,
}  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("numbers", "0151_holders_and_stubs")]

    operations = [
        *(
            migrations.RunSQL(sql, f"drop function {sql.split()[2].removesuffix('()')} cascade")
            for sql in (LOT, DRAW, TAKEN, BOOK, SPOILT, STUBS, WRITTEN_OFF)
        ),
        *(
            migrations.RunSQL(f"create view {name} as {query}", f"drop view {name}")
            for name, query in VIEWS.items()
        ),
    ]
