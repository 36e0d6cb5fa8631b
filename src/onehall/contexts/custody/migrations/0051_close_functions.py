"""X and Z come from one function; nothing passes through a drawer that is handed in; what custody publishes (CSH-03, LAW-40)."""

from django.db import migrations

# What is sold, given back, put in and taken out of a drawer by each means, up to an entry or now.
REPORT = """
create function custody_report(p_drawer bigint, p_upto bigint default null)
returns table (means text, opening bigint, received bigint, change bigint, refunds bigint, put_in bigint, deposits bigint,
               sales integer, reversals integer)
language sql stable as $$
    select coalesce(e.means, 'cash'),
           case when coalesce(e.means, 'cash') = 'cash' then d.opening_float else 0 end,
           coalesce(sum(e.received) filter (where e.kind = 'sale'), 0)::bigint,
           coalesce(sum(e.given) filter (where e.kind = 'sale'), 0)::bigint,
           coalesce(sum(e.given) filter (where e.kind = 'refund'), 0)::bigint,
           coalesce(sum(e.received) filter (where e.kind = 'cash_in'), 0)::bigint,
           coalesce(sum(e.given) filter (where e.kind = 'cash_out'), 0)::bigint,
           (count(*) filter (where e.kind = 'sale'))::integer,
           (count(*) filter (where e.kind = 'refund'))::integer
    from custody_drawersession d
    left join (
        select kind, means, received, given from custody_drawerentry
        where drawer_id = p_drawer and (p_upto is null or id <= p_upto)
        union all select 'none', 'cash', 0, 0
    ) e on true
    where d.id = p_drawer
    group by coalesce(e.means, 'cash'), d.opening_float
    order by coalesce(e.means, 'cash') <> 'cash', coalesce(e.means, 'cash')
$$;
create or replace function custody_cash(p_drawer bigint) returns bigint language sql stable as $$
    select opening + received + put_in - change - refunds - deposits
    from custody_report(p_drawer) where means = 'cash'
$$;
"""
REPORT_BACK = """
create or replace function custody_cash(p_drawer bigint) returns bigint language sql stable as $$
    select opening + received + put_in - change - refunds - deposits
    from custody_standing(p_drawer) where means = 'cash'
$$;
drop function custody_report;
"""

TAKE_IN = """
create or replace function custody_take_in(
    p_counter bigint, p_by bigint, p_payment bigint, p_at timestamptz,
    p_means text[], p_received bigint[], p_returned bigint[]
) returns table (drawer bigint) language plpgsql as $$
begin
    select d.id into drawer from custody_drawersession d
        where d.counter_id = p_counter and d.closed_at is null and d.handed_in_at is null and d.by_id = p_by
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
create or replace function custody_pay_out(
    p_counter bigint, p_by bigint, p_payment bigint, p_at timestamptz, p_means text[], p_amounts bigint[]
) returns table (drawer bigint, balance bigint, short boolean) language plpgsql as $$
begin
    select d.id into drawer from custody_drawersession d
        where d.counter_id = p_counter and d.closed_at is null and d.handed_in_at is null and d.by_id = p_by
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
create or replace function custody_move_cash(
    p_counter bigint, p_by bigint, p_in bigint, p_out bigint, p_reason text, p_at timestamptz
) returns table (entry bigint, drawer bigint, balance bigint, short boolean) language plpgsql as $$
begin
    select d.id into drawer from custody_drawersession d
        where d.counter_id = p_counter and d.closed_at is null and d.handed_in_at is null and d.by_id = p_by
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

# Nothing passes through a drawer that is handed in.
_BEFORE = [(now, now.replace(" and d.handed_in_at is null", "")) for now in (TAKE_IN, PAY_OUT, MOVE_CASH)]

STEP_OF_COUNT = """
alter table custody_drawerstep add constraint step_of_counted_drawer foreign key (count_id, drawer_id) references custody_drawercount (id, drawer_id) not valid;
alter table custody_drawerstep validate constraint step_of_counted_drawer;
"""

VIEWS = {
    "pub_custody_drawer": """
        select d.id, d.hall_id, d.counter_id, d.by_id, d.opened_at, d.closed_at, d.expected_float, d.opening_float,
               d.remark, d.handed_in_at, d.confirmed_by_id
        from custody_drawersession d
    """,
    "pub_custody_count": """
        select c.id, c.drawer_id, d.hall_id, c.turn, c.counted, c.amount, c.expected, c.upto, c.by_id, c.at
        from custody_drawercount c join custody_drawersession d on d.id = c.drawer_id
    """,
    "pub_custody_step": """
        select s.id, s.drawer_id, d.hall_id, s.count_id, s.kind, s.difference, s.reason, s.by_id, s.at
        from custody_drawerstep s join custody_drawersession d on d.id = s.drawer_id
    """,
}
DRAWER_BEFORE = """
    drop view pub_custody_drawer;
    create view pub_custody_drawer as
        select d.id, d.hall_id, d.counter_id, d.by_id, d.opened_at, d.closed_at, d.expected_float, d.opening_float,
               d.remark
        from custody_drawersession d
"""


class Migration(migrations.Migration):
    dependencies = [("custody", "0050_count_and_close")]

    operations = [
        migrations.RunSQL(STEP_OF_COUNT, migrations.RunSQL.noop),
        migrations.RunSQL(REPORT, REPORT_BACK),
        *(migrations.RunSQL(now, before) for now, before in _BEFORE),
        migrations.RunSQL(
            f"create or replace view pub_custody_drawer as {VIEWS['pub_custody_drawer']}", DRAWER_BEFORE
        ),
        *(
            migrations.RunSQL(f"create view {name} as {VIEWS[name]}", f"drop view {name}")
            for name in ("pub_custody_count", "pub_custody_step")
        ),
    ]
