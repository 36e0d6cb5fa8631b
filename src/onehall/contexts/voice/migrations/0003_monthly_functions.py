"""A month's bills, some lines at a time; killed anywhere, the next call goes on after the last line that has its bill (BIL-04)."""

from django.db import migrations

# The first moment of the month at which a line owed the fee, halved from the boundary day on (CAT-07).
FEE = """
                left join lateral (
                    select case when extract(day from m.moment at time zone 'Asia/Shanghai') >= p_half_from then t.{fee} / 2 else t.{fee} end as fee
                    from (
                        select o.begins as moment
                        union all
                        select valid_from from voice_lineversion
                        where line_id = o.line_id and valid_from > o.begins and valid_from < v_end) m
                    cross join lateral voice_state(o.line_id, m.moment) x
                    cross join lateral (
                        select {fee} from voice_tariff where plan = x.plan and valid_from <= m.moment order by id desc limit 1) t
                    where not x.closed and {owes} order by m.moment limit 1) {fee} on true"""
RENT = FEE.format(fee="rent", owes="not x.rent_free")
CALLER_ID = FEE.format(fee="caller_id", owes="'caller_id' = any(x.features)")
# A line that had one state all month owes what its plan cost at the month's first moment; the others are asked one by one. Bills add up:
# what the earlier ones left is the sum of what they say, the fraction of a fen too.
DRAFT = """
create function voice_draft(p_run bigint, p_limit integer, p_half_from integer, p_factor integer)
returns bigint language plpgsql set jit = off as $$
declare
    v_month date := (select month from voice_monthrun where id = p_run);
    v_start timestamptz := v_month::timestamp at time zone 'Asia/Shanghai';
    v_end timestamptz := (v_month + interval '1 month') at time zone 'Asia/Shanghai';
    v_next date := (v_month + interval '1 month')::date;
    v_share integer := case when p_half_from <= 1 then 2 else 1 end;
    v_after bigint;
    v_last bigint;
    v_written bigint := 0;
begin
    -- One hand a run: a second one waits and finds the lines done.
    perform from voice_monthrun where id = p_run for update;
    v_last := coalesce((select max(line_id) from voice_bill where run_id = p_run), 0);
    while v_written = 0 loop
        v_after := v_last;
        v_last := (select max(id) from (select id from voice_line where id > v_after order by id limit p_limit) l);
        exit when v_last is null;
        with at_end as (
            select distinct on (line_id) line_id, plan, features, rent_free, monthly_credit, closed from voice_lineversion
            where line_id > v_after and line_id <= v_last and valid_from < v_end order by line_id, id desc),
        changed as (
            select distinct line_id from voice_lineversion
            where line_id > v_after and line_id <= v_last and valid_from > v_start and valid_from < v_end),
        odd as (
            select o.line_id, coalesce(before.closed, false) as closed, x.monthly_credit as credit,
                coalesce(rent.fee, 0) as rent, coalesce(caller_id.fee, 0) as caller_id
            from (
                select line_id, greatest(v_start, (select min(valid_from) from voice_lineversion v where v.line_id = changed.line_id)) as begins
                from changed) o
                cross join lateral voice_state(o.line_id, o.begins) x
                left join lateral voice_state(o.line_id, v_start) before on true
__FEES__),
        costs as (
            select distinct on (plan) plan, rent / v_share as rent, caller_id / v_share as caller_id
            from voice_tariff where valid_from <= v_start order by plan, id desc),
        calls as (
            select line_id, count(*) filter (where turn = 0) as calls, coalesce(sum(minutes) filter (where turn = 0), 0)::bigint as minutes,
                sum(amount)::bigint as charge
            from voice_charge where line_id > v_after and line_id <= v_last and month = v_month group by line_id),
        earlier as (
            select line_id, sum(due)::bigint as due, sum(cost)::bigint as cost, sum(paid_in)::bigint as paid_in, sum(fen)::bigint as fen,
                avg(due) filter (where month >= v_month - interval '3 months')::bigint as mean
            from (
                select b.*, b.charge - b.monthly_used - b.annual_used + b.adjustment as cost,
                    b.rent + b.caller_id + b.charge - b.monthly_used - b.annual_used + b.adjustment as due
                from voice_bill b join voice_monthrun r on r.id = b.run_id and r.withdrawn_at is null
                where b.line_id > v_after and b.line_id <= v_last and b.month < v_month) b
            group by line_id),
        topups as (
            select line_id, sum(amount)::bigint as amount from voice_topup
            where line_id > v_after and line_id <= v_last and at < v_end group by line_id),
        asked as (
            select line_id, bool_or(late) as late from (
                select line_id, true as late from voice_charge where late and line_id > v_after and line_id <= v_last
                union all
                select line_id, false from voice_lineversion
                where annual_credit_until is not null and line_id > v_after and line_id <= v_last
                union all
                select h.line_id, false from voice_charge h
                where h.month < v_month and h.line_id > v_after and h.line_id <= v_last
                    and not exists (select from earlier e where e.line_id = h.line_id)) one
            group by line_id),
        held as (
            select s.id, s.hall_id, x.plan, coalesce(m.calls, 0) as calls, coalesce(m.minutes, 0) as minutes,
                coalesce(m.charge, 0) as charge, coalesce(o.credit, x.monthly_credit) as credit,
                case when o.line_id is not null then o.rent when x.closed or x.rent_free then 0 else coalesce(c.rent, 0) end as rent,
                case when o.line_id is not null then o.caller_id when x.closed or not 'caller_id' = any(x.features) then 0
                    else coalesce(c.caller_id, 0) end as caller_id,
                coalesce(e.paid_in - e.due, 0) as opening, coalesce(e.due - 100 * e.fen, 0) as carried,
                coalesce(e.cost, 0) as billed, coalesce(e.paid_in, 0) as before_in, e.mean, coalesce(t.amount, 0) as topups
            from voice_line s
            join at_end x on x.line_id = s.id
            left join odd o on o.line_id = s.id
            left join costs c on c.plan = x.plan
            left join calls m on m.line_id = s.id
            left join earlier e on e.line_id = s.id
            left join topups t on t.line_id = s.id
            left join asked a on a.line_id = s.id
            where s.id > v_after and s.id <= v_last
                and (not coalesce(o.closed, x.closed) or m.line_id is not null or a.late)),
        needy as (
            select a.line_id, th.charge - th.monthly_used - th.annual_used as through, th.annual_used - be.annual_used as annual_used
            from asked a cross join lateral voice_cost(a.line_id, v_next) th cross join lateral voice_cost(a.line_id, v_month) be),
        summed as (
            select h.*, least(h.charge, h.credit) as monthly_used, coalesce(n.annual_used, 0) as annual_used,
                coalesce(n.through - h.billed - (h.charge - least(h.charge, h.credit) - n.annual_used), 0) as adjustment
            from held h left join needy n on n.line_id = h.id),
        due as (
            select s.*, s.rent + s.caller_id + s.charge - s.monthly_used - s.annual_used + s.adjustment as due from summed s),
        rounded as (select d.*, mod(mod(d.due + d.carried, 100) + 100, 100) as rest from due d)
        insert into voice_bill (
            run_id, line_id, hall_id, month, plan, rent, caller_id, calls, minutes, charge, monthly_credit, monthly_used,
            annual_used, adjustment, opening, paid_in, closing, carried_in, fen, carried, mean, outlier)
        select p_run, id, hall_id, v_month, plan, rent, caller_id, calls, minutes, charge, credit, monthly_used,
            annual_used, adjustment, opening, topups - before_in, opening + topups - before_in - due, carried,
            (due + carried - rest) / 100, rest, mean, mean is not null and due > p_factor * mean
        from rounded order by id;
        get diagnostics v_written = row_count;
    end loop;
    return v_written;
end $$;
"""
FUNCTIONS = {"voice_draft": DRAFT.replace("__FEES__", (RENT + CALLER_ID).lstrip("\n"))}
VIEWS = {
    "pub_voice_line": "select id as line_id, number, hall_id, subscription_id from voice_line",
    "pub_voice_charge": """
        select c.call_id, c.line_id, l.hall_id, l.number, c.month, c.kind, c.minutes, c.amount, c.turn, c.at, k.started_at
        from voice_charge c join voice_line l on l.id = c.line_id join voice_call k on k.id = c.call_id
    """,
    "pub_voice_topup": """
        select t.id, l.hall_id, t.line_id, l.number, t.source, t.reference, t.undone, t.amount, t.at
        from voice_topup t join voice_line l on l.id = t.line_id
    """,
    "pub_voice_bill": """
        select b.*, l.number, r.approved_at from voice_bill b join voice_line l on l.id = b.line_id
        join voice_monthrun r on r.id = b.run_id where r.withdrawn_at is null
    """,
    "pub_voice_call": """
        select c.id, c.call_id, c.caller, c.started_at, c.seconds, w.reason, w.call_id is not null as waiting
        from voice_call c left join voice_waiting w on w.call_id = c.id
    """,
}


class Migration(migrations.Migration):
    dependencies = [("voice", "0002_functions")]

    operations = [
        *(migrations.RunSQL(text, f"drop function {name}") for name, text in FUNCTIONS.items()),
        *(
            migrations.RunSQL(f"create view {name} as {text}", f"drop view {name}")
            for name, text in VIEWS.items()
        ),
    ]
