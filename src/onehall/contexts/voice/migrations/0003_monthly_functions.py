"""A month's bills, some lines at a time; killed anywhere, the next call goes on after the last line that has its bill (BIL-04)."""

from django.db import migrations

# The month's fee counts from when the line first owed it, and is halved where that was on the boundary day or later (CAT-07). It stands
# in the statement itself: as a function it would be planned anew for every line.
FEE = """
        left join lateral (
            select case when extract(day from m.moment at time zone 'Asia/Shanghai') >= p_half_from then t.{fee} / 2 else t.{fee} end as fee
            from (
                select begins.moment
                union all
                select valid_from from voice_lineversion
                where line_id = s.id and valid_from > begins.moment and valid_from < v_end) m
            cross join lateral voice_state(s.id, m.moment) x
            cross join lateral (
                select {fee} from voice_tariff where plan = x.plan and valid_from <= m.moment order by id desc limit 1) t
            where not x.closed and {owes} order by m.moment limit 1) {fee} on true"""
RENT = FEE.format(fee="rent", owes="not x.rent_free")
CALLER_ID = FEE.format(fee="caller_id", owes="'caller_id' = any(x.features)")
DRAFT = """
create function voice_draft(p_run bigint, p_limit integer, p_half_from integer, p_factor integer)
returns bigint language plpgsql as $$
declare
    v_month date := (select month from voice_monthrun where id = p_run);
    v_start timestamptz := v_month::timestamp at time zone 'Asia/Shanghai';
    v_end timestamptz := (v_month + interval '1 month') at time zone 'Asia/Shanghai';
    v_next date := (v_month + interval '1 month')::date;
    v_after bigint;
    v_written bigint;
begin
    -- One hand a run: a second one waits and finds the lines done.
    perform from voice_monthrun where id = p_run for update;
    v_after := coalesce((select max(line_id) from voice_bill where run_id = p_run), 0);
    with few as (
        select l.id, l.hall_id from voice_line l
        where l.id > v_after and exists (select from voice_lineversion v where v.line_id = l.id and v.valid_from < v_end)
            and (not exists (select from voice_state(l.id, v_start) v where v.closed)
                or exists (select from voice_charge h where h.line_id = l.id and (h.month = v_month or h.late)))
        order by l.id limit p_limit),
    held as (
        select s.id, s.hall_id, now_.plan, m.calls, m.minutes, m.charge,
            first.monthly_credit as credit, coalesce(rent.fee, 0) as rent, coalesce(caller_id.fee, 0) as caller_id,
            exists (
                select from voice_charge h
                where h.line_id = s.id and (h.late or b.closing is null and h.month < v_month)) as late,
            exists (select from voice_lineversion v where v.line_id = s.id and v.annual_credit_until is not null) as annual,
            coalesce(b.closing, 0) as opening, coalesce(b.carried, 0) as carried,
            coalesce(e.cost, 0) as billed, coalesce(e.paid_in, 0) as before_in, e.mean,
            (select coalesce(sum(t.amount), 0)::bigint from voice_topup t where t.line_id = s.id and t.at < v_end) as topups
        from few s
        cross join lateral (
            select greatest(v_start, min(valid_from)) as moment from voice_lineversion where line_id = s.id) begins
        cross join lateral voice_state(s.id, begins.moment) first
        cross join lateral voice_state(s.id, v_end - interval '1 microsecond') now_
__FEES__
        cross join lateral (
            select count(distinct h.call_id) as calls, coalesce(sum(h.minutes) filter (where h.turn = 0), 0)::bigint as minutes,
                coalesce(sum(h.amount), 0)::bigint as charge
            from voice_charge h where h.line_id = s.id and h.month = v_month) m
        left join lateral (
            select b.closing, b.carried from voice_bill b join voice_monthrun r on r.id = b.run_id and r.withdrawn_at is null
            where b.line_id = s.id and b.month < v_month order by b.month desc limit 1) b on true
        left join lateral (
            select sum(b.charge - b.monthly_used - b.annual_used + b.adjustment)::bigint as cost, sum(b.paid_in)::bigint as paid_in,
                avg(b.rent + b.caller_id + b.charge - b.monthly_used - b.annual_used + b.adjustment)
                    filter (where b.month >= v_month - interval '3 months')::bigint as mean
            from voice_bill b join voice_monthrun r on r.id = b.run_id and r.withdrawn_at is null
            where b.line_id = s.id and b.month < v_month) e on true),
    needy as (
        select h.id, th.charge - th.monthly_used - th.annual_used as through, th.annual_used - be.annual_used as annual_used
        from held h cross join lateral voice_cost(h.id, v_next) th cross join lateral voice_cost(h.id, v_month) be
        where h.late or h.annual),
    summed as (
        select h.*, least(h.charge, h.credit) as monthly_used, coalesce(n.annual_used, 0) as annual_used,
            coalesce(n.through - h.billed - (h.charge - least(h.charge, h.credit) - n.annual_used), 0) as adjustment
        from held h left join needy n on n.id = h.id),
    due as (
        select s.*, s.rent + s.caller_id + s.charge - s.monthly_used - s.annual_used + s.adjustment as due from summed s),
    rounded as (select d.*, mod(mod(d.due + d.carried, 100) + 100, 100) as rest from due d),
    written as (
        insert into voice_bill (
            run_id, line_id, hall_id, month, plan, rent, caller_id, calls, minutes, charge, monthly_credit, monthly_used,
            annual_used, adjustment, opening, paid_in, closing, carried_in, fen, carried, mean, outlier)
        select p_run, id, hall_id, v_month, plan, rent, caller_id, calls, minutes, charge, credit, monthly_used,
            annual_used, adjustment, opening, topups - before_in, opening + topups - before_in - due, carried,
            (due + carried - rest) / 100, rest, mean, mean is not null and due > p_factor * mean
        from rounded order by id
        returning 1)
    select count(*) into v_written from written;
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
