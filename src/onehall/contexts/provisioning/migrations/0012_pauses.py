"""Suspension and moves: a pause in which the network refuses an account that is paid for (CHG-03).

The network stops and begins again by the calendar itself: nothing has to run at the minute for either.
"""

from django.db import migrations

COLUMNS = """
alter table access.broadband add column paused_from timestamptz, add column paused_until timestamptz;
alter table access.broadband add constraint pause_forward check ((paused_from is null) = (paused_until is null) and (paused_from is null or paused_from < paused_until)) not valid;
alter table access.broadband validate constraint pause_forward;
"""

# As 0006 had it, and between the two columns nobody is let on; whoever is on line before the pause is told when it begins.
ALLOWED = """
create or replace function access.allowed_until(p_at timestamptz, b access.broadband) returns timestamptz
language sql immutable as $$
    select case
        when b.state is distinct from 'active' or p_at >= b.valid_until then null
        when p_at >= b.paused_from and p_at < b.paused_until then null
        when p_at >= b.valid_from and p_at < b.paused_from then least(b.valid_until, b.paused_from)
        when p_at >= b.valid_from then b.valid_until
        when b.test_until is null or p_at >= b.test_until then null
        when b.valid_from <= b.test_until then b.valid_until
        else b.test_until
    end
$$;
"""
BEFORE = """
create or replace function access.allowed_until(p_at timestamptz, b access.broadband) returns timestamptz
language sql immutable as $$
    select case
        when b.state is distinct from 'active' or p_at >= b.valid_until then null
        when p_at >= b.valid_from then b.valid_until
        when b.test_until is null or p_at >= b.test_until then null
        when b.valid_from <= b.test_until then b.valid_until
        else b.test_until
    end
$$;
"""

# The server's verdict says why: `expired` of a line that rests would send the customer to pay for nothing.
VERDICT = """
do $do$
declare
    body text := pg_get_functiondef('radius.authorise'::regproc);
    known text := $t$    elsif until is null then
        verdict := 'expired';$t$;
    said text := $t$    elsif until is null and p_at < line.valid_until then
        verdict := 'paused';
        told := '停机保号中，' || to_char(line.paused_until at time zone p_zone, 'YYYY-MM-DD') || '自动恢复';
$t$;
begin
    if position(known in body) = 0 then
        raise exception 'radius.authorise is not as 0005 left it';
    end if;
    execute replace(body, known, said || known);
end $do$;
"""

# A name that a household gave back keeps nothing of its former pause.
MOVED_IN = """
create or replace function access.another_household() returns trigger language plpgsql as $$
begin
    new.cut_before := new.updated_at;
    new.test_until := null;
    new.paused_from := null;
    new.paused_until := null;
    return new;
end $$;
"""

VIEW = """
create view pub_provisioning_pause as
    select account, paused_from, paused_until from access.broadband where paused_from is not null;
"""

DROP = f"{BEFORE} drop view pub_provisioning_pause; alter table access.broadband drop column paused_from, drop column paused_until;"


class Migration(migrations.Migration):
    dependencies = [("provisioning", "0011_line_test_view")]

    operations = [migrations.RunSQL(COLUMNS + ALLOWED + VERDICT + MOVED_IN + VIEW, DROP)]
