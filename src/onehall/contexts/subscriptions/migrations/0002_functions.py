"""Opening and extending subscriptions: what the calendar and the row's lock decide together, in one call."""

from django.db import migrations

NO_OVERLAP = """
create extension if not exists btree_gist;
alter table subscriptions_term add constraint subscriptions_term_no_overlap
    exclude using gist (subscription_id with =, tstzrange(starts_at, expires_at) with &&) where (cancelled_at is null);
"""

# The same day of the month, `months` later, or that month's last day; the wall-clock time stays.
TERM_END = """
create function subscriptions_term_end(p_start timestamptz, p_months integer, p_anchor integer, p_zone text)
returns timestamptz language plpgsql stable as $$
declare
    clock timestamp := p_start at time zone p_zone;
    month timestamp := date_trunc('month', clock) + make_interval(months => p_months);
    day integer := least(p_anchor, extract(day from month + interval '1 month' - interval '1 day')::integer);
begin
    return (month + make_interval(days => day - 1) + (clock - date_trunc('day', clock))) at time zone p_zone;
end $$;
"""

OPEN = """
create function subscriptions_open(p_items jsonb, p_by bigint, p_at timestamptz, p_zone text)
returns table (
    "order" bigint, outcome text, subscription bigint, term bigint, starts_at timestamptz, expires_at timestamptz,
    account text, serial text
) language plpgsql as $$
#variable_conflict use_column
declare
    item record;
    opened bigint;
    anchor integer;
begin
    for item in
        select * from jsonb_to_recordset(p_items) as x(
            "order" bigint, party bigint, dwelling bigint, kind text, account text, serial text, starts_at timestamptz,
            expires_at timestamptz, months integer, offering text, price_version integer, price_fen bigint,
            policy_version bigint)
        order by x.account
    loop
        insert into subscriptions_subscription
            (party_id, dwelling_id, kind, account_name, serial, order_id, opened_at, by_id)
        values (item.party, item.dwelling, item.kind, item.account, item.serial, item."order", p_at, p_by)
        on conflict do nothing returning id into opened;
        if not found then
            return query select item."order",
                case when exists (select 1 from subscriptions_subscription s where s.serial = item.serial)
                     then 'serial' else 'account' end,
                null::bigint, null::bigint, null::timestamptz, null::timestamptz, item.account, item.serial;
            continue;
        end if;
        anchor := extract(day from item.starts_at at time zone p_zone);
        return query
            insert into subscriptions_term as t
                (subscription_id, starts_at, expires_at, anchor_day, months, offering, price_version, price_fen, order_id,
                 policy_version, paid_at)
            values (opened, item.starts_at,
                    coalesce(item.expires_at, subscriptions_term_end(item.starts_at, item.months, anchor, p_zone)), anchor,
                    item.months, item.offering, item.price_version, item.price_fen, item."order", item.policy_version, p_at)
            returning item."order", 'opened'::text, opened, t.id, t.starts_at, t.expires_at, item.account, item.serial;
    end loop;
end $$;
"""

# CHG-01: paid before the expiry, the new term starts at the expiry; paid after it, at 00:00 of the day of payment.
# Both are the later of the two instants, since the day of an early payment begins before the expiry.
EXTEND = """
create function subscriptions_extend(p_items jsonb, p_paid_at timestamptz, p_zone text)
returns table (
    "order" bigint, outcome text, subscription bigint, term bigint, starts_at timestamptz, expires_at timestamptz,
    account text, serial text, ends_at timestamptz
) language plpgsql as $$
#variable_conflict use_column
declare
    item record;
    owner subscriptions_subscription;
    last_term subscriptions_term;
    ending timestamptz;
    start timestamptz;
    anchor integer;
    verdict text;
begin
    for item in
        select * from jsonb_to_recordset(p_items) as x(
            "order" bigint, subscription bigint, months integer, offering text, price_version integer, price_fen bigint,
            policy_version bigint)
        order by x.subscription
    loop
        verdict := null;
        select * into owner from subscriptions_subscription s where s.id = item.subscription for update;
        select e.effective_at into ending from subscriptions_ending e
        where e.subscription_id = item.subscription
          and not exists (select 1 from subscriptions_endingwithdrawal w where w.ending_id = e.id)
        order by e.id desc limit 1;
        select * into last_term from subscriptions_term t
        where t.subscription_id = item.subscription and t.cancelled_at is null order by t.expires_at desc limit 1;
        if owner.id is null or last_term.id is null then
            verdict := 'missing';
        elsif owner.ended_at is not null then
            verdict := 'ended';
        elsif ending is not null then
            verdict := 'ending';
        end if;
        if verdict is not null then
            return query select item."order", verdict, item.subscription, null::bigint, null::timestamptz,
                last_term.expires_at, owner.account_name, owner.serial, coalesce(ending, owner.ended_at);
            continue;
        end if;
        start := greatest(
            last_term.expires_at, date_trunc('day', p_paid_at at time zone p_zone) at time zone p_zone);
        anchor := case when start = last_term.expires_at then last_term.anchor_day
                       else extract(day from start at time zone p_zone) end;
        return query
            insert into subscriptions_term as t
                (subscription_id, starts_at, expires_at, anchor_day, months, offering, price_version, price_fen, order_id,
                 policy_version, paid_at)
            values (item.subscription, start, subscriptions_term_end(start, item.months, anchor, p_zone), anchor,
                    item.months, item.offering, item.price_version, item.price_fen, item."order", item.policy_version,
                    p_paid_at)
            returning item."order", 'extended'::text, item.subscription, t.id, t.starts_at, t.expires_at,
                owner.account_name, owner.serial, null::timestamptz;
    end loop;
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("subscriptions", "0001_initial")]

    operations = [
        migrations.RunSQL(
            NO_OVERLAP, "alter table subscriptions_term drop constraint subscriptions_term_no_overlap"
        ),
        migrations.RunSQL(TERM_END, "drop function subscriptions_term_end"),
        migrations.RunSQL(OPEN, "drop function subscriptions_open"),
        migrations.RunSQL(EXTEND, "drop function subscriptions_extend"),
    ]
