"""A batch of rating goes on after the one before it, and judges only what may have become chargeable (VOI-02, LAW-13)."""

from importlib import import_module

from django.db import migrations

OLD = import_module("onehall.contexts.voice.migrations.0002_functions").RATE
# A call that could not be charged is judged again where a number, tariff or price may explain it by now: not while nobody ever had the caller's
# number, nor before it began or once it is older than the records that are kept. What still cannot be charged is not written again.
# The plan is made for each batch, by what waits then: one that was made while nothing waited reads all that waits every time.
RATE = """
drop function voice_rate;
create function voice_rate_after(p_after bigint, p_limit integer, p_oldest timestamptz, p_at timestamptz)
returns table (last bigint, charged bigint) language plpgsql set plan_cache_mode = force_custom_plan as $$
begin
    perform pg_advisory_xact_lock_shared(hashtext('voice'), 0);
    return query
    with taken as (
        select w.call_id from voice_waiting w join voice_call c on c.id = w.call_id
        where w.call_id > p_after and c.id > p_after and (w.reason = '' or c.started_at >= p_oldest and c.started_at <= p_at and (
            w.reason <> 'unknown_account' or exists (select from voice_line l where l.number = c.caller)
            or exists (select from voice_linenumber n where n.number = c.caller)))
        order by w.call_id limit p_limit for update of w skip locked),
    judged as materialized (select * from voice_judged(array(select call_id from taken), p_oldest, p_at)),
    written as (
        insert into voice_charge (call_id, turn, line_id, month, kind, minutes, price, amount, late, at)
        select j.call, 0, j.line, j.month, coalesce(j.kind, ''), j.minutes, j.price, j.minutes * j.price,
            exists (select from voice_monthrun r where r.month >= j.month and r.withdrawn_at is null), p_at
        from judged j where j.reason = '' order by j.call),
    gone as (delete from voice_waiting w using judged j where w.call_id = j.call and j.reason = ''),
    kept as (
        update voice_waiting w set reason = j.reason, tried_at = p_at from judged j where w.call_id = j.call and j.reason not in ('', w.reason))
    select max(call), count(*) filter (where reason = '') from judged;
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("voice", "0009_calls_of_a_line")]

    operations = [migrations.RunSQL(RATE, "drop function voice_rate_after;" + OLD)]
