"""The calls of one line that wait are charged before it ends, and what it has left may go to its customer's balance (VOI-02, BIL-02)."""

from django.contrib.postgres.operations import AddConstraintNotValid, ValidateConstraint
from django.db import migrations, models
from django.db.models import Q

# As `voice_rate`, for the numbers of a line, and waiting for batches that hold some of its calls. What is older than the records that are kept
# is charged to nobody and waits for nothing.
RATE_LINE = """
create function voice_rate_line(p_line bigint, p_oldest timestamptz, p_at timestamptz)
returns table (charged bigint, waiting bigint, since timestamptz, reasons text[]) language plpgsql as $$
begin
    perform pg_advisory_xact_lock_shared(hashtext('voice'), 0);
    return query
    with taken as (
        select w.call_id from voice_waiting w join voice_call c on c.id = w.call_id
        where c.caller in (select l.number from voice_line l where l.id = p_line union select n.number from voice_linenumber n where n.line_id = p_line)
        order by w.call_id for update of w),
    judged as materialized (select * from voice_judged(array(select call_id from taken), p_oldest, p_at)),
    written as (
        insert into voice_charge (call_id, turn, line_id, month, kind, minutes, price, amount, late, at)
        select j.call, 0, j.line, j.month, coalesce(j.kind, ''), j.minutes, j.price, j.minutes * j.price,
            exists (select from voice_monthrun r where r.month >= j.month and r.withdrawn_at is null), p_at
        from judged j where j.reason = '' order by j.call),
    gone as (delete from voice_waiting w using judged j where w.call_id = j.call and j.reason = ''),
    kept as (
        update voice_waiting w set reason = j.reason, tried_at = p_at from judged j where w.call_id = j.call and j.reason <> ''),
    stuck as (
        select c.started_at, j.reason from judged j join voice_call c on c.id = j.call
        where j.line = p_line and j.reason <> '' and c.started_at >= p_oldest)
    select (select count(*) from judged j where j.reason = '' and j.line = p_line), count(*), min(s.started_at), array_agg(distinct s.reason)
    from stuck s;
end $$;
"""
SIGN = models.CheckConstraint(
    condition=Q(undone=False, amount__gt=0)
    | Q(undone=True, amount__lt=0)
    | Q(source__in=["opening", "moved", "waived", "balance"]),
    name="paid_in_sign",
)


class Migration(migrations.Migration):
    dependencies = [("voice", "0008_views_of_runs")]

    operations = [
        migrations.RunSQL(RATE_LINE, "drop function voice_rate_line"),
        migrations.RemoveConstraint(model_name="topup", name="paid_in_sign"),
        AddConstraintNotValid(model_name="topup", constraint=SIGN),
        ValidateConstraint(model_name="topup", name="paid_in_sign"),
    ]
