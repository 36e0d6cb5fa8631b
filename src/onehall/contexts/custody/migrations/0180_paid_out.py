"""Cash paid out to a customer without a sale that is undone: a balance's rest. It counts among what was given back (LAW-40)."""

from django.contrib.postgres.operations import AddConstraintNotValid, ValidateConstraint
from django.db import migrations, models

KIND = models.CheckConstraint(
    condition=(
        models.Q(kind="sale", payment__isnull=False, amount__gt=0, given__gte=0)
        | models.Q(kind="refund", payment__isnull=False, received=0, given__gt=0)
        | (models.Q(kind="cash_in", payment=None, received__gt=0, given=0) & ~models.Q(reason=""))
        | (
            models.Q(kind__in=["cash_out", "payout"], payment=None, received=0, given__gt=0)
            & ~models.Q(reason="")
        )
    ),
    name="entry_kind",
)
BEFORE = """
create or replace function custody_report(p_drawer bigint, p_upto bigint default null)
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
"""
REPORT = """
create or replace function custody_report(p_drawer bigint, p_upto bigint default null)
returns table (means text, opening bigint, received bigint, change bigint, refunds bigint, put_in bigint, deposits bigint,
               sales integer, reversals integer)
language sql stable as $$
    select coalesce(e.means, 'cash'),
           case when coalesce(e.means, 'cash') = 'cash' then d.opening_float else 0 end,
           coalesce(sum(e.received) filter (where e.kind = 'sale'), 0)::bigint,
           coalesce(sum(e.given) filter (where e.kind = 'sale'), 0)::bigint,
           coalesce(sum(e.given) filter (where e.kind in ('refund', 'payout')), 0)::bigint,
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
"""
PAY_CUSTOMER = """
create function custody_pay_customer(p_counter bigint, p_by bigint, p_amount bigint, p_reason text, p_at timestamptz)
returns table (entry bigint, drawer bigint, balance bigint, short boolean) language plpgsql as $$
begin
    select d.id into drawer from custody_drawersession d
        where d.counter_id = p_counter and d.closed_at is null and d.handed_in_at is null and d.by_id = p_by
        for no key update;
    if not found then
        return;
    end if;
    insert into custody_drawerentry (drawer_id, kind, means, received, given, amount, reason, at)
        values (drawer, 'payout', 'cash', 0, p_amount, -p_amount, p_reason, p_at) returning id into entry;
    balance := custody_cash(drawer);
    short := balance < 0;
    return next;
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("custody", "0061_refused_note_view")]

    operations = [
        migrations.RemoveConstraint("drawerentry", "entry_kind"),
        AddConstraintNotValid("drawerentry", KIND),
        ValidateConstraint("drawerentry", "entry_kind"),
        migrations.RunSQL(REPORT, BEFORE),
        migrations.RunSQL(PAY_CUSTOMER, "drop function custody_pay_customer"),
    ]
