"""Custody's verbs as SQL functions: the drawer is found, held and written in one call.

A sale holds the drawer against closing; what takes cash out holds it alone, so that two payments
cannot spend the same notes.
"""

from django.db import migrations

STANDING = """
create function custody_standing(p_drawer bigint)
returns table (means text, opening bigint, received bigint, change bigint, refunds bigint, put_in bigint, deposits bigint)
language sql stable as $$
    select coalesce(e.means, 'cash'),
           case when coalesce(e.means, 'cash') = 'cash' then d.opening_float else 0 end,
           coalesce(sum(e.received) filter (where e.kind = 'sale'), 0)::bigint,
           coalesce(sum(e.given) filter (where e.kind = 'sale'), 0)::bigint,
           coalesce(sum(e.given) filter (where e.kind = 'refund'), 0)::bigint,
           coalesce(sum(e.received) filter (where e.kind = 'cash_in'), 0)::bigint,
           coalesce(sum(e.given) filter (where e.kind = 'cash_out'), 0)::bigint
    from custody_drawersession d
    left join (
        select drawer_id, kind, means, received, given from custody_drawerentry where drawer_id = p_drawer
        union all select p_drawer, 'sale', 'cash', 0, 0
    ) e on e.drawer_id = d.id
    where d.id = p_drawer
    group by coalesce(e.means, 'cash'), d.opening_float
    order by coalesce(e.means, 'cash') <> 'cash', coalesce(e.means, 'cash')
$$;
"""

CASH = """
create function custody_cash(p_drawer bigint) returns bigint language sql stable as $$
    select opening + received + put_in - change - refunds - deposits
    from custody_standing(p_drawer) where means = 'cash'
$$;
"""

TAKE_IN = """
create function custody_take_in(
    p_counter bigint, p_by bigint, p_payment bigint, p_at timestamptz,
    p_means text[], p_received bigint[], p_returned bigint[]
) returns table (drawer bigint) language plpgsql as $$
begin
    select d.id into drawer from custody_drawersession d
        where d.counter_id = p_counter and d.closed_at is null and d.by_id = p_by
        for share;
    if not found then
        return;
    end if;
    insert into custody_drawerentry (drawer_id, kind, means, received, given, amount, payment_id, reason, at)
        select drawer, 'sale', t.means, t.received, t.given, t.received - t.given, p_payment, '', p_at
        from unnest(p_means, p_received, p_returned) as t(means, received, given);
    return next;
end $$;
"""

PAY_OUT = """
create function custody_pay_out(
    p_counter bigint, p_by bigint, p_payment bigint, p_at timestamptz, p_means text[], p_amounts bigint[]
) returns table (drawer bigint, balance bigint, short boolean) language plpgsql as $$
begin
    select d.id into drawer from custody_drawersession d
        where d.counter_id = p_counter and d.closed_at is null and d.by_id = p_by
        for no key update;
    if not found then
        return;
    end if;
    insert into custody_drawerentry (drawer_id, kind, means, received, given, amount, payment_id, reason, at)
        select drawer, 'refund', t.means, 0, t.given, -t.given, p_payment, '', p_at
        from unnest(p_means, p_amounts) as t(means, given);
    balance := custody_cash(drawer);
    short := balance < 0;
    return next;
end $$;
"""

MOVE_CASH = """
create function custody_move_cash(
    p_counter bigint, p_by bigint, p_in bigint, p_out bigint, p_reason text, p_at timestamptz
) returns table (entry bigint, drawer bigint, balance bigint, short boolean) language plpgsql as $$
begin
    select d.id into drawer from custody_drawersession d
        where d.counter_id = p_counter and d.closed_at is null and d.by_id = p_by
        for no key update;
    if not found then
        return;
    end if;
    insert into custody_drawerentry (drawer_id, kind, means, received, given, amount, reason, at)
        values (drawer, case when p_in > 0 then 'cash_in' else 'cash_out' end, 'cash', p_in, p_out, p_in - p_out,
                p_reason, p_at)
        returning id into entry;
    balance := custody_cash(drawer);
    short := balance < 0;
    return next;
end $$;
"""

FUNCTIONS = {
    "custody_standing": STANDING,
    "custody_cash": CASH,
    "custody_take_in": TAKE_IN,
    "custody_pay_out": PAY_OUT,
    "custody_move_cash": MOVE_CASH,
}


class Migration(migrations.Migration):
    dependencies = [("custody", "0001_initial")]

    operations = [migrations.RunSQL(sql, f"drop function {name}") for name, sql in FUNCTIONS.items()]
