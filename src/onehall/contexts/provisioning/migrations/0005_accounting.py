"""What access devices tell of sessions, taken in by functions of schema `radius` that run with the house's rights (NET-01).

Time comes from the RADIUS server with every call. Packets may come twice, late, in any order, or not at all; what is kept is
right in every case. Sessions that we closed ourselves (`access.ours`) are corrected when the device tells better.
"""

from django.db import migrations

# A device that speaks is heard, at most once in half a minute: the row of a busy device must not become a queue.
HEARD = """
create schema radius;
create function access.heard(p_nas inet, p_at timestamptz) returns void language plpgsql as $$
begin
    if exists (select from access.nas n where n.address = p_nas
        and (n.heard_at is null or n.heard_at < p_at - interval '30 seconds')) then
        update access.nas n set heard_at = p_at
        where n.id = (select id from access.nas where address = p_nas for update skip locked);
    end if;
end $$;
"""

# A device without Gigawords begins again at 0 after 4 GiB: a later packet with less says so. Earlier packets never lessen.
# The device's clock is believed where it can be true; what has no time is as old as the device says it waited.
HELPERS = """
create function access.counted(p_octets bigint, p_giga bigint, p_before bigint, p_later boolean) returns bigint
language plpgsql immutable as $$
declare
    total bigint := p_octets + (least(coalesce(p_giga, 0), 1 << 30) << 32);
begin
    if total < p_before and p_giga is null and p_later then
        total := total + (p_before >> 32 << 32);
        if total < p_before then
            total := total + (1::bigint << 32);
        end if;
    end if;
    return greatest(total, p_before);
end $$;
create function access.moment(p_event timestamptz, p_delay bigint, p_at timestamptz) returns timestamptz
language sql immutable as $$
    select case when p_event between p_at - interval '7 days' and p_at + interval '5 minutes' then least(p_event, p_at)
        else p_at - make_interval(secs => least(coalesce(p_delay, 0), 604800)) end
$$;
create function access.ours(p_cause text) returns boolean language sql immutable as $$
    select p_cause in ('Lost-Contact', 'Superseded', 'NAS-Reboot')
$$;
create function access.book_usage(
    p_account text, p_day date, p_up bigint, p_down bigint, p_seconds bigint) returns void language plpgsql as $$
begin
    if p_up > 0 or p_down > 0 or p_seconds > 0 then
        insert into access.usage_day as u (account, day, up_octets, down_octets, seconds)
        values (p_account, p_day, p_up, p_down, p_seconds)
        on conflict (account, day) do update set up_octets = u.up_octets + excluded.up_octets,
            down_octets = u.down_octets + excluded.down_octets, seconds = u.seconds + excluded.seconds;
    end if;
end $$;
create function access.end_session(was access.session, p_ended timestamptz, p_cause text) returns void language plpgsql as $$
begin
    delete from access.session s where s.unique_id = was.unique_id;
    insert into access.session_ended (unique_id, session_id, account, nas, nas_port, caller, framed_ip, started_at, ended_at,
        seconds, up_octets, down_octets, cause)
    values (was.unique_id, was.session_id, was.account, was.nas, was.nas_port, was.caller, was.framed_ip, was.started_at,
        greatest(p_ended, was.started_at), was.seconds, was.up_octets, was.down_octets, p_cause)
    on conflict do nothing;
end $$;
"""

# One packet of one session. The lock lets a session's packets pass one by one, whichever threads hold them.
ACCOUNT = """
create function radius.account(
    p_status text, p_session_id text, p_account text, p_nas inet, p_port text, p_caller text, p_ip inet,
    p_event timestamptz, p_delay bigint, p_seconds bigint, p_up bigint, p_up_giga bigint, p_down bigint, p_down_giga bigint,
    p_class text, p_cause text, p_zone text, p_at timestamptz)
returns text language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    name text := lower(p_account);
    key text := md5(host(p_nas) || ',' || name || ',' || p_session_id);
    moment timestamptz := access.moment(p_event, p_delay, p_at);
    began timestamptz := moment - make_interval(secs => coalesce(p_seconds, 0));
    class text[] := regexp_match(p_class, '^(\\d{1,10}):(\\d{1,9}):(\\d{1,9})$');
    was access.session;
    gone access.session_ended;
    before access.session;
    outcome text := 'changed';
    later boolean;
begin
    perform pg_advisory_xact_lock(hashtextextended(key, 0));
    perform access.heard(p_nas, p_at);
    select * into was from access.session s where s.unique_id = key for update;
    if not found then
        select * into gone from access.session_ended e
        where e.unique_id = key and e.ended_at >= began - interval '1 minute' order by e.ended_at desc limit 1;
        if found and (not access.ours(gone.cause) or p_status = 'start' or (p_status = 'interim' and moment <= gone.ended_at)) then
            return 'late';
        elsif found then
            delete from access.session_ended e where e.unique_id = key and e.ended_at = gone.ended_at;
            was.account := gone.account;
            was.nas_port := gone.nas_port;
            was.caller := gone.caller;
            was.framed_ip := gone.framed_ip;
            was.started_at := gone.started_at;
            was.seconds := gone.seconds;
            was.up_octets := gone.up_octets;
            was.down_octets := gone.down_octets;
            outcome := 'returned';
        else
            was.account := name;
            was.nas_port := p_port;
            was.caller := p_caller;
            was.framed_ip := p_ip;
            was.started_at := began;
            was.seconds := 0;
            was.up_octets := 0;
            was.down_octets := 0;
            outcome := 'opened';
        end if;
        was.unique_id := key;
        was.session_id := p_session_id;
        was.nas := p_nas;
        was.updated_at := p_at;
        insert into access.session (unique_id, session_id, account, nas, nas_port, caller, framed_ip, started_at, updated_at,
            seconds, up_octets, down_octets, granted_until, granted_down_kbps, granted_up_kbps)
        values (key, p_session_id, was.account, p_nas, was.nas_port, was.caller, was.framed_ip, was.started_at, p_at,
            was.seconds, was.up_octets, was.down_octets, to_timestamp(class[1]::bigint), class[2]::integer, class[3]::integer);
    elsif p_status = 'start' then
        return 'duplicate';
    end if;
    before := was;
    later := coalesce(p_seconds, was.seconds) >= was.seconds;
    was.updated_at := greatest(was.updated_at, p_at);
    was.seconds := greatest(was.seconds, coalesce(p_seconds, 0));
    was.up_octets := access.counted(coalesce(p_up, 0), p_up_giga, was.up_octets, later and p_up is not null);
    was.down_octets := access.counted(coalesce(p_down, 0), p_down_giga, was.down_octets, later and p_down is not null);
    was.framed_ip := coalesce(p_ip, was.framed_ip);
    was.nas_port := coalesce(nullif(p_port, ''), was.nas_port);
    was.caller := coalesce(nullif(p_caller, ''), was.caller);
    perform access.book_usage(name, (moment at time zone p_zone)::date, was.up_octets - before.up_octets,
        was.down_octets - before.down_octets, was.seconds - before.seconds);
    if p_status = 'stop' then
        perform access.end_session(was, moment, p_cause);
        return case outcome when 'changed' then 'ended' else outcome || ' and ended' end;
    end if;
    update access.session s set updated_at = was.updated_at, seconds = was.seconds, up_octets = was.up_octets,
        down_octets = was.down_octets, framed_ip = was.framed_ip, nas_port = was.nas_port, caller = was.caller
    where s.unique_id = key;
    if p_status = 'start' and p_caller <> '' then
        perform access.end_session(s, began, 'Superseded') from access.session s
        where s.account = name and s.nas = p_nas and s.caller = p_caller and s.unique_id <> key and s.started_at <= began;
    end if;
    return outcome;
end $$;
create function radius.rebooted(p_nas inet, p_event timestamptz, p_delay bigint, p_at timestamptz)
returns integer language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    moment timestamptz := access.moment(p_event, p_delay, p_at);
    one access.session;
    ended integer := 0;
begin
    perform access.heard(p_nas, p_at);
    for one in select * from access.session s where s.nas = p_nas and s.started_at <= moment order by s.unique_id for update loop
        perform access.end_session(one, moment, 'NAS-Reboot');
        ended := ended + 1;
    end loop;
    return ended;
end $$;
"""

# What the clock does: sessions of which nobody hears end when they were last heard of; months that are too old go whole.
KEEPING = """
create function access.close_silent(p_before timestamptz, p_limit integer) returns integer language plpgsql as $$
declare
    one access.session;
    ended integer := 0;
begin
    for one in select * from access.session s where s.updated_at < p_before
        order by s.updated_at limit p_limit for update skip locked loop
        perform access.end_session(one, one.updated_at, 'Lost-Contact');
        ended := ended + 1;
    end loop;
    return ended;
end $$;
create function access.drop_months(p_parent text, p_before date) returns integer language plpgsql as $$
declare
    part text;
    dropped integer := 0;
begin
    for part in select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
        where i.inhparent = ('access.' || quote_ident(p_parent))::regclass and c.relname ~ '_\\d{6}$'
            and to_date(right(c.relname, 6), 'YYYYMM') + interval '1 month' <= p_before order by c.relname loop
        execute format('drop table access.%I', part);
        dropped := dropped + 1;
    end loop;
    return dropped;
end $$;
"""

DROP = """
drop schema radius cascade;
drop function access.drop_months, access.close_silent, access.end_session, access.book_usage, access.ours, access.moment,
    access.counted, access.heard;
"""


class Migration(migrations.Migration):
    dependencies = [("provisioning", "0004_network")]

    operations = [migrations.RunSQL(HEARD + HELPERS + ACCOUNT + KEEPING, DROP)]
