"""What a line is called at a moment, whose a call is then, and what a line owes for a month (ADR-03, CAT-07)."""

from django.db import migrations

NUMBER = """
create function voice_number(p_line bigint, p_at timestamptz) returns text language sql stable as $$
    select coalesce(
        (select number from voice_linenumber where line_id = p_line and valid_from <= p_at order by id desc limit 1),
        (select number from voice_line where id = p_line))
$$;
"""
# A call is charged to the line that had the caller's number when it began, whatever it was opened with or is called today.
JUDGE = """
create or replace function voice_judged(p_calls bigint[], p_oldest timestamptz, p_at timestamptz)
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
        select l.id as line, v.plan from (
            select id from voice_line where number = c.caller
            union select line_id from voice_linenumber where number = c.caller) l
        cross join lateral voice_state(l.id, c.started_at) v
        where not v.closed and voice_number(l.id, c.started_at) = c.caller order by l.id desc limit 1) l on true
    left join lateral (select voice_class(c.callee, c.started_at) as kind) k on true
    left join lateral (
        select price from voice_price p where p.plan = l.plan and p.kind = k.kind and p.valid_from <= c.started_at
        order by p.id desc limit 1) p on true
    where c.id = any(p_calls)
$$;
"""
# As `voice_draft` halves and counts it; a line that ended in the month owes the month.
FEE = """
    (select case when extract(day from m.moment at time zone 'Asia/Shanghai') >= p_half_from then t.{fee} / 2 else t.{fee} end
     from (
        select greatest(b.start, (select min(valid_from) from voice_lineversion where line_id = p_line)) as moment
        union all
        select valid_from from voice_lineversion where line_id = p_line and valid_from > b.start and valid_from < b.ends) m
     cross join lateral voice_state(p_line, m.moment) x
     cross join lateral (
        select {fee} from voice_tariff where plan = x.plan and valid_from <= m.moment order by id desc limit 1) t
     where m.moment < b.ends and not x.closed and {owes} order by m.moment limit 1)"""
RENT = FEE.format(fee="rent", owes="not x.rent_free")
CALLER_ID = FEE.format(fee="caller_id", owes="'caller_id' = any(x.features)")
FEES = """
create function voice_fees(p_line bigint, p_month date, p_half_from integer) returns bigint language sql stable as $$
    select coalesce(__RENT__, 0) + coalesce(__CALLER_ID__, 0)
    from (select p_month::timestamp at time zone 'Asia/Shanghai' as start,
        (p_month + interval '1 month') at time zone 'Asia/Shanghai' as ends) b
$$;
""".replace("__RENT__", RENT).replace("__CALLER_ID__", CALLER_ID)
VIEWS = {
    "pub_voice_line": "select id as line_id, voice_number(id, 'infinity') as number, hall_id, subscription_id from voice_line",
    "pub_voice_charge": """
        select c.call_id, c.line_id, l.hall_id, voice_number(l.id, 'infinity') as number, c.month, c.kind, c.minutes, c.amount, c.turn, c.at,
            k.started_at
        from voice_charge c join voice_line l on l.id = c.line_id join voice_call k on k.id = c.call_id
    """,
    "pub_voice_topup": """
        select t.id, l.hall_id, t.line_id, voice_number(l.id, 'infinity') as number, t.source, t.reference, t.undone, t.amount, t.at
        from voice_topup t join voice_line l on l.id = t.line_id
    """,
    "pub_voice_bill": """
        select b.*, voice_number(l.id, 'infinity') as number, r.approved_at from voice_bill b join voice_line l on l.id = b.line_id
        join voice_monthrun r on r.id = b.run_id where r.withdrawn_at is null
    """,
}


class Migration(migrations.Migration):
    dependencies = [("voice", "0004_a_lines_life")]

    operations = [
        migrations.RunSQL(NUMBER, "drop function voice_number"),
        migrations.RunSQL(JUDGE, migrations.RunSQL.noop),
        migrations.RunSQL(FEES, "drop function voice_fees"),
        *(
            migrations.RunSQL(f"drop view {name}; create view {name} as {text}", migrations.RunSQL.noop)
            for name, text in VIEWS.items()
        ),
    ]
