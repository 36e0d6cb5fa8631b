"""The promises of the numbers room that must hold while two clerks press at the same instant."""

from django.db import migrations

OVERLAP = """
create extension if not exists btree_gist;
alter table numbers_book add constraint numbers_book_no_overlap
    exclude using gist (kind with =, prefix with =, int8range(first, last, '[]') with &&);
"""

TAKE = """
create function numbers_take(
    p_state text, p_items jsonb, p_basket bigint, p_until timestamptz, p_by bigint, p_at timestamptz
) returns table (kind text, number text, outcome text, until timestamptz) language plpgsql as $$
#variable_conflict use_column
declare
    item record;
begin
    -- Always in the same order, so that two baskets with the same numbers wait instead of blocking each other.
    for item in
        select x.kind, x.number, x.source, x.dwelling
        from jsonb_to_recordset(p_items) as x(kind text, number text, source text, dwelling bigint)
        order by x.kind, x.number
    loop
        insert into numbers_number as n
            (kind, number, source, dwelling_id, state, basket, reserved_until, quarantined_until, changed_at, by_id)
        values (item.kind, item.number, item.source, item.dwelling, p_state, p_basket,
                case p_state when 'reserved' then p_until end, null, p_at, p_by)
        on conflict (kind, number) do update
        set source = excluded.source, dwelling_id = excluded.dwelling_id, state = excluded.state,
            basket = excluded.basket, reserved_until = excluded.reserved_until, quarantined_until = null,
            changed_at = excluded.changed_at, by_id = excluded.by_id
        where n.state = 'free'
           or (n.state = 'reserved' and (n.basket = p_basket or n.reserved_until <= p_at))
           or (n.state = 'quarantined' and n.quarantined_until <= p_at);
        if found then
            return query select item.kind, item.number, 'given'::text, p_until;
        else
            return query
                select n.kind, n.number, n.state, coalesce(n.reserved_until, n.quarantined_until)
                from numbers_number n where n.kind = item.kind and n.number = item.number;
        end if;
    end loop;
end $$;
"""

SERIALS = """
create function numbers_next_serials(p_prefixes text[], p_day date)
returns table (prefix text, first integer, last integer) language sql as $$
    insert into numbers_formserialcounter as c (prefix, day, last)
    select wanted.prefix, p_day, count(*) from unnest(p_prefixes) as wanted(prefix)
    group by wanted.prefix order by wanted.prefix
    on conflict (prefix, day) do update set last = c.last + excluded.last
    returning c.prefix,
        c.last - (select count(*)::integer from unnest(p_prefixes) as w(prefix) where w.prefix = c.prefix) + 1, c.last
$$;
"""

# plpgsql where SQL would do: it keeps its plan from call to call.
DRAW = """
create function numbers_draw(p_kind text, p_counter bigint)
returns table (book bigint, number text, remaining bigint) language plpgsql as $$
begin
    return query
        update numbers_book as b set next = b.next + 1
        where b.id = (
            select c.id from numbers_book c
            where c.kind = p_kind and c.counter_id = p_counter and c.next <= c.last
            order by c.id limit 1 for update
        )
        returning b.id, b.prefix || lpad((b.next - 1)::text, greatest(b.width, length((b.next - 1)::text)), '0'),
            b.last - b.next + 1;
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("numbers", "0001_initial")]

    operations = [
        migrations.RunSQL(OVERLAP, "alter table numbers_book drop constraint numbers_book_no_overlap"),
        migrations.RunSQL(TAKE, "drop function numbers_take"),
        migrations.RunSQL(SERIALS, "drop function numbers_next_serials"),
        migrations.RunSQL(DRAW, "drop function numbers_draw"),
    ]
