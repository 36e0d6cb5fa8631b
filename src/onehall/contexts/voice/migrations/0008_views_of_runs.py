"""Monthly runs by hall, withdrawn ones among them, and what was not charged with where it came from: for lists that leave the house."""

from django.db import migrations

VIEWS = {
    "pub_voice_run": """
        select r.id, r.month, r.asked_by_id, r.asked_at, r.drafted_at, r.approved_by_id, r.approved_at, r.withdrawn_at, r.why, b.hall_id,
            count(*) as bills, sum(b.rent + b.caller_id)::bigint as rents, sum(b.charge)::bigint as charge,
            sum(b.monthly_used + b.annual_used)::bigint as credit_used, sum(b.adjustment)::bigint as adjustment,
            sum(b.rent + b.caller_id + b.charge - b.monthly_used - b.annual_used + b.adjustment)::bigint as due,
            sum(b.fen)::bigint as fen, count(*) filter (where b.outlier) as outliers
        from voice_monthrun r join voice_bill b on b.run_id = r.id group by r.id, b.hall_id
    """,
    "pub_voice_suspense": """
        select c.call_id, c.caller, to_char(c.started_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI:SS') as start, c.seconds::text as seconds,
            w.reason, d.hall_id, d.id as delivery_id, d.name, c."row" as line, d.at
        from voice_waiting w join voice_call c on c.id = w.call_id join voice_delivery d on d.id = c.delivery_id
        union all
        select r.call_id, r.caller, r.start, r.seconds, r.reason, d.hall_id, d.id, d.name, r.line, d.at
        from voice_raw r join voice_delivery d on d.id = r.delivery_id where r.reason <> ''
    """,
}


class Migration(migrations.Migration):
    dependencies = [("voice", "0007_bills_in_bulk")]

    operations = [
        migrations.RunSQL(f"create view {name} as {text}", f"drop view {name}")
        for name, text in VIEWS.items()
    ]
