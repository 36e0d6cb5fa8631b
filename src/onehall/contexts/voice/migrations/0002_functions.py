"""Set verbs: what is done to many calls and lines at once. They do what the pure rules say of one (VOI-02, CAT-04, CAT-07)."""

from django.db import migrations

# A row claims its call_id where nobody has it; whatever cannot is kept as it came, with the reason.
TAKE = """
create function voice_take_rows(
    p_delivery bigint, p_lines bigint[], p_ids text[], p_starts text[], p_callers text[], p_callees text[], p_seconds text[],
    p_moments timestamptz[], p_lengths bigint[]
) returns table (taken bigint, bad bigint, repeated bigint) language sql as $$
    with given as (
        select * from unnest(p_lines, p_ids, p_starts, p_callers, p_callees, p_seconds, p_moments, p_lengths)
            as g(line, call_id, start, caller, callee, seconds, moment, length)),
    first as (
        select distinct on (call_id) * from given where moment is not null and length is not null order by call_id, line),
    claimed as (
        insert into voice_call (call_id, delivery_id, "row", started_at, caller, callee, seconds)
        select call_id, p_delivery, line, moment, caller, callee, length from first order by call_id
        on conflict (call_id) do nothing returning id, "row"),
    queued as (insert into voice_waiting (call_id, reason) select id, '' from claimed),
    kept as (
        insert into voice_raw (delivery_id, line, call_id, start, caller, callee, seconds, reason)
        select p_delivery, g.line, g.call_id, g.start, g.caller, g.callee, g.seconds,
            case when g.moment is null or g.length is null then 'bad_row' when c.id is null then 'repeat' else '' end
        from given g left join claimed c on c."row" = g.line
        returning reason)
    select count(*) filter (where reason = ''), count(*) filter (where reason = 'bad_row'), count(*) filter (where reason = 'repeat')
    from kept
$$;
"""
# The state of a line at a moment: the row written last among those that have begun.
STATE = """
create function voice_state(p_line bigint, p_at timestamptz) returns setof voice_lineversion language sql stable rows 1 as $$
    select * from voice_lineversion where line_id = p_line and valid_from <= p_at order by id desc limit 1
$$;
"""
# Longest prefix first; a prefix without a class is withdrawn and the next shorter one counts.
CLASS = """
create function voice_class(p_callee text, p_at timestamptz) returns text language sql stable as $$
    select d.kind from (
        select distinct on (n) n, p.kind
        from generate_series(0, least(length(p_callee), 20)) n
        join voice_prefix p on p.prefix = left(p_callee, n) and p.valid_from <= p_at
        order by n desc, p.id desc) d
    where d.kind <> '' order by d.n desc limit 1
$$;
"""
JUDGE = """
create function voice_judged(p_calls bigint[], p_oldest timestamptz, p_at timestamptz)
returns table (call bigint, line bigint, kind text, minutes bigint, price bigint, month date, reason text) language sql stable as $$
    select c.id, l.line, k.kind, (c.seconds + 59) / 60, coalesce(p.price, 0),
        date_trunc('month', c.started_at at time zone 'Asia/Shanghai')::date,
        case when l.line is null then 'unknown_account'
             when not exists (select from voice_tariff t where t.plan = l.plan and t.valid_from <= c.started_at) then 'unknown_plan'
             when c.started_at < p_oldest or c.started_at > p_at then 'other_month'
             when p.price is null and c.seconds > 0 then 'no_price'
             else '' end
    from voice_call c
    left join lateral (
        select l.id as line, v.plan from voice_line l cross join lateral voice_state(l.id, c.started_at) v
        where l.number = c.caller and not v.closed order by l.id desc limit 1) l on true
    left join lateral (select voice_class(c.callee, c.started_at) as kind) k on true
    left join lateral (
        select price from voice_price p where p.plan = l.plan and p.kind = k.kind and p.valid_from <= c.started_at
        order by p.id desc limit 1) p on true
    where c.id = any(p_calls)
$$;
"""
# One batch of waiting calls; each look takes a call once. A run of a month waits until the batches before it are committed.
RATE = """
create function voice_rate(p_limit integer, p_oldest timestamptz, p_at timestamptz)
returns table (looked bigint, charged bigint) language plpgsql as $$
begin
    perform pg_advisory_xact_lock_shared(hashtext('voice'), 0);
    return query
    with taken as (
        select w.call_id from voice_waiting w where w.tried_at is null or w.tried_at < p_at
        order by w.call_id limit p_limit for update skip locked),
    judged as materialized (select * from voice_judged(array(select call_id from taken), p_oldest, p_at)),
    written as (
        insert into voice_charge (call_id, turn, line_id, month, kind, minutes, price, amount, late, at)
        select j.call, 0, j.line, j.month, coalesce(j.kind, ''), j.minutes, j.price, j.minutes * j.price,
            exists (select from voice_monthrun r where r.month >= j.month and r.withdrawn_at is null), p_at
        from judged j where j.reason = '' order by j.call),
    gone as (delete from voice_waiting w using judged j where w.call_id = j.call and j.reason = ''),
    kept as (
        update voice_waiting w set reason = j.reason, tried_at = p_at from judged j where w.call_id = j.call and j.reason <> '')
    select count(*), count(*) filter (where reason = '') from judged;
end $$;
"""
# What was charged before, judged anew: where it costs something else now, the difference is one more turn.
CORRECT = """
create function voice_correct(p_month date, p_after bigint, p_limit integer, p_at timestamptz)
returns table (last bigint, changed bigint, difference bigint) language plpgsql as $$
begin
    perform pg_advisory_xact_lock_shared(hashtext('voice'), 0);
    perform pg_advisory_xact_lock(hashtext('voice'), 1);
    return query
    with first as (
        select c.id, c.call_id from voice_charge c where c.month = p_month and c.turn = 0 and c.id > p_after order by c.id limit p_limit),
    before as (
        select c.call_id as call, sum(c.amount)::bigint as amount, max(c.turn) as turn, min(c.line_id) as line
        from voice_charge c where c.call_id in (select call_id from first) group by c.call_id),
    judged as materialized (select * from voice_judged(array(select call_id from first), '-infinity', p_at)),
    written as (
        insert into voice_charge (call_id, turn, line_id, month, kind, minutes, price, amount, late, at)
        select j.call, b.turn + 1, b.line, j.month, coalesce(j.kind, ''), j.minutes, j.price, j.minutes * j.price - b.amount,
            exists (select from voice_monthrun r where r.month >= j.month and r.withdrawn_at is null), p_at
        from judged j join before b on b.call = j.call where j.reason = '' and j.minutes * j.price <> b.amount
        returning amount)
    select (select max(id) from first), (select count(*) from written), (select coalesce(sum(amount), 0)::bigint from written);
end $$;
"""
CREDIT = """
create function voice_monthly_credit(p_line bigint, p_month date) returns bigint language sql stable as $$
    select coalesce((
        select v.monthly_credit from voice_state(p_line, greatest(
            p_month::timestamp at time zone 'Asia/Shanghai', (select min(valid_from) from voice_lineversion where line_id = p_line))) v), 0)
$$;
"""
# An annual credit is known by its last day; it pays from when it was stated, after the one before it has lapsed (CAT-04).
GRANTS = """
create function voice_grants(p_line bigint) returns table (amount bigint, since timestamptz, until timestamptz) language sql stable as $$
    select g.amount, greatest(g.since, lag(g.until) over (order by g.until)), g.until
    from (
        select (array_agg(annual_credit order by id desc))[1] as amount, min(valid_from) as since,
            annual_credit_until::timestamp at time zone 'Asia/Shanghai' as until
        from voice_lineversion where line_id = p_line and annual_credit_until is not null group by annual_credit_until) g
$$;
"""
# How much of each annual credit the calls of all months before one used: what they cost beyond the monthly credit while it paid.
BEYOND = """
create function voice_beyond(p_line bigint, p_before date)
returns table (amount bigint, since timestamptz, until timestamptz, used bigint) language sql stable as $$
    with calls as (
        select h.month, h.amount, c.started_at from voice_charge h join voice_call c on c.id = h.call_id
        where h.line_id = p_line and h.month < p_before),
    months as (select month, voice_monthly_credit(p_line, month) as credit from calls group by month)
    select g.amount, g.since, g.until, least(g.amount, coalesce(sum(
        greatest(0, coalesce(t.by_end, 0) - m.credit) - greatest(0, coalesce(t.by_start, 0) - m.credit)), 0))::bigint
    from voice_grants(p_line) g left join months m on true
    left join lateral (
        select sum(c.amount) filter (where c.started_at < g.until) as by_end, sum(c.amount) filter (where c.started_at < g.since) as by_start
        from calls c where c.month = m.month) t on true
    group by g.amount, g.since, g.until
$$;
"""
# What the calls of all months before one cost, and how much of it the credits paid, in sums that know no order.
COST = """
create function voice_cost(p_line bigint, p_before date)
returns table (charge bigint, monthly_used bigint, annual_used bigint) language sql stable as $$
    select coalesce(sum(m.charge), 0)::bigint, coalesce(sum(least(m.charge, voice_monthly_credit(p_line, m.month))), 0)::bigint,
        (select coalesce(sum(used), 0)::bigint from voice_beyond(p_line, p_before))
    from (select month, sum(amount)::bigint as charge from voice_charge where line_id = p_line and month < p_before group by month) m
$$;
"""
FUNCTIONS = {
    "voice_take_rows": TAKE, "voice_state": STATE, "voice_class": CLASS, "voice_judged": JUDGE, "voice_rate": RATE,
    "voice_correct": CORRECT, "voice_monthly_credit": CREDIT, "voice_grants": GRANTS, "voice_beyond": BEYOND, "voice_cost": COST,
}  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("voice", "0001_initial")]

    operations = [migrations.RunSQL(text, f"drop function {name}") for name, text in FUNCTIONS.items()]
