"""Schema `access`: the flat tables that network servers read, and the verb that writes them."""

from django.db import migrations

TABLES = """
create schema access;
create table access.broadband (
    account text primary key check (account ~ '^[a-z0-9]+$'),
    subscription_id bigint not null references subscriptions_subscription deferrable initially deferred,
    nt_hash bytea not null check (length(nt_hash) = 16),
    pbkdf2 text not null,
    clear_secret bytea,
    must_change boolean not null,
    valid_from timestamptz not null,
    valid_until timestamptz not null check (valid_until > valid_from),
    down_kbps integer not null check (down_kbps > 0),
    up_kbps integer not null check (up_kbps > 0),
    network_profile text not null,
    state text not null check (state in ('active', 'withdrawn')),
    updated_at timestamptz not null
) with (fillfactor = 70);
create index broadband_of_subscription on access.broadband (subscription_id);
create table access.planned_speed (
    account text not null references access.broadband on delete cascade,
    starts_at timestamptz not null,
    down_kbps integer not null check (down_kbps > 0),
    up_kbps integer not null check (up_kbps > 0),
    network_profile text not null,
    primary key (account, starts_at)
);
"""

# A new account gets its secret; the same account for another subscription gets a new one and its sessions are cut; a renewal
# keeps the secret, and only where somebody is on line there is something to tell. A term that starts later plans its speed if it
# differs from the one in force by then (CAT-02).
GRANT = """
create function provisioning_grant(p_items jsonb, p_at timestamptz)
returns table (account text, outcome text, pending boolean) language plpgsql as $$
#variable_conflict use_column
declare
    item record;
    old access.broadband;
    before record;
    verdict text;
    told text;
begin
    for item in
        select * from jsonb_to_recordset(p_items) as x(
            account text, subscription bigint, nt_hash text, pbkdf2 text, clear_secret text, must_change boolean,
            valid_from timestamptz, valid_until timestamptz, down_kbps integer, up_kbps integer, network_profile text)
        order by x.account
    loop
        verdict := null;
        told := null;
        select * into old from access.broadband b where b.account = item.account for update;
        if old.account is null and item.nt_hash is null then
            return query select item.account, 'missing'::text, false;
            continue;
        elsif old.account is null then
            insert into access.broadband values (
                item.account, item.subscription, decode(item.nt_hash, 'hex'), item.pbkdf2, decode(item.clear_secret, 'hex'),
                item.must_change, item.valid_from, item.valid_until, item.down_kbps, item.up_kbps, item.network_profile,
                'active', p_at);
            verdict := 'granted';
        elsif old.subscription_id <> item.subscription then
            if item.nt_hash is null or (old.state = 'active' and old.valid_until > p_at) then
                return query select item.account, 'other'::text, false;
                continue;
            end if;
            delete from access.planned_speed s where s.account = item.account;
            update access.broadband b
            set subscription_id = item.subscription, nt_hash = decode(item.nt_hash, 'hex'), pbkdf2 = item.pbkdf2,
                clear_secret = decode(item.clear_secret, 'hex'), must_change = item.must_change,
                valid_from = item.valid_from, valid_until = item.valid_until, down_kbps = item.down_kbps,
                up_kbps = item.up_kbps, network_profile = item.network_profile, state = 'active', updated_at = p_at
            where b.account = item.account;
            verdict := 'replaced';
            told := 'disconnect';
        elsif old.state = 'active' and old.valid_until > p_at and item.valid_from > p_at then
            select s.down_kbps, s.up_kbps, s.network_profile into before from (
                select p.starts_at, p.down_kbps, p.up_kbps, p.network_profile from access.planned_speed p
                where p.account = item.account and p.starts_at <= item.valid_from
                union all select '-infinity', old.down_kbps, old.up_kbps, old.network_profile) s
            order by s.starts_at desc limit 1;
            if (before.down_kbps, before.up_kbps, before.network_profile)
                is distinct from (item.down_kbps, item.up_kbps, item.network_profile) then
                insert into access.planned_speed as p
                values (item.account, item.valid_from, item.down_kbps, item.up_kbps, item.network_profile)
                on conflict (account, starts_at) do update set down_kbps = excluded.down_kbps,
                    up_kbps = excluded.up_kbps, network_profile = excluded.network_profile;
            end if;
            update access.broadband b set valid_until = item.valid_until, updated_at = p_at where b.account = item.account;
            verdict := 'extended';
            told := case when old.valid_from <= p_at
                and exists (select 1 from access.session o where o.account = item.account) then 'refresh' end;
        else
            delete from access.planned_speed s where s.account = item.account;
            update access.broadband b
            set valid_from = item.valid_from, valid_until = item.valid_until, down_kbps = item.down_kbps,
                up_kbps = item.up_kbps, network_profile = item.network_profile, state = 'active', updated_at = p_at
            where b.account = item.account;
            verdict := 'extended';
        end if;
        if told is not null then
            insert into provisioning_command (kind, account, payload, created_at, attempts, next_attempt_at, last_error)
            values (told, item.account, jsonb_build_object('subscription', item.subscription), p_at, 0, p_at, '');
        end if;
        return query select item.account, verdict, told is not null;
    end loop;
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("provisioning", "0001_initial"), ("subscriptions", "0002_functions")]

    operations = [
        migrations.RunSQL(TABLES, "drop schema access cascade"),
        migrations.RunSQL(GRANT, "drop function provisioning_grant"),
    ]
