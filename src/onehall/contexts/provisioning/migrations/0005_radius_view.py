"""Schema `radius`: all that the RADIUS server may see and do, as functions that run with the house's rights (NET-01).

Functions and not tables: whoever gets hold of the server's role can ask for one account that he names, and read no list of
them. Time comes from the server with every call.
"""

from django.db import migrations, models

# The account's verdict and all that an Access-Accept needs, in one look; FreeRADIUS checks the password and only then tells it.
# `access.allowed_until` (0006) knows of installation tests as well; it is looked up when somebody asks.
AUTHORISE = """
create function radius.authorise(
    p_account text, p_nas inet, p_caller text, p_method text, p_silent_seconds integer, p_zone text, p_at timestamptz)
returns table (id integer, username text, attribute text, value text, op text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
    line access.broadband;
    speed record;
    verdict text;
    told text;
    until timestamptz;
begin
    select * into line from access.broadband b where b.account = lower(p_account);
    if not found then
        return query values (1, p_account, 'Tmp-String-0', 'unknown', ':=');
        return;
    end if;
    until := access.allowed_until(p_at, line);
    if line.state <> 'active' then
        verdict := 'withdrawn';
        told := '账号已停用，请到营业厅办理';
    elsif until is null and p_at < line.valid_from then
        verdict := 'not_begun';
        told := '尚未到开通时间，自' || to_char(line.valid_from at time zone p_zone, 'YYYY-MM-DD HH24:MI') || '起可用';
    elsif until is null then
        verdict := 'expired';
        told := '已于' || to_char(line.valid_until at time zone p_zone, 'YYYY-MM-DD HH24:MI') || '到期，缴费后自动恢复';
    elsif exists (
        select from access.session s
        where s.account = line.account and s.updated_at > p_at - make_interval(secs => p_silent_seconds)
            and not (s.nas = p_nas and s.caller = p_caller and p_caller <> '')) then
        verdict := 'already_on_line';
        told := '账号已在别处在线';
    end if;
    return query values (1, p_account, case when p_method = 'pbkdf2' then 'PBKDF2-Password' else 'NT-Password' end,
        case when p_method = 'pbkdf2' then line.pbkdf2 else '0x' || encode(line.nt_hash, 'hex') end, ':=');
    if verdict is not null then
        return query values (2, p_account, 'Tmp-String-0', verdict, ':='), (3, p_account, 'Tmp-String-1', told, ':=');
        return;
    end if;
    select p.down_kbps, p.up_kbps, p.network_profile into speed from access.planned_speed p
    where p.account = line.account and p.starts_at <= p_at order by p.starts_at desc limit 1;
    if found then
        line.down_kbps := speed.down_kbps;
        line.up_kbps := speed.up_kbps;
        line.network_profile := speed.network_profile;
    end if;
    return query values
        (2, p_account, 'Session-Timeout',
            least(ceil(extract(epoch from until - p_at)), 2147483647)::bigint::text, ':='),
        (3, p_account, 'Tmp-Integer-0', line.down_kbps::text, ':='),
        (4, p_account, 'Tmp-Integer-1', line.up_kbps::text, ':='),
        (5, p_account, 'Tmp-Integer-2', least(line.down_kbps * 1000::bigint, 4294967295)::text, ':='),
        (6, p_account, 'Tmp-Integer-3', least(line.up_kbps * 1000::bigint, 4294967295)::text, ':='),
        (7, p_account, 'Tmp-String-2', line.network_profile, ':='),
        (8, p_account, 'Tmp-String-3', ceil(extract(epoch from until))::bigint || ':' || line.down_kbps || ':'
            || line.up_kbps, ':=');
end $$;
"""

ANSWERED = """
create function radius.answered(
    p_account text, p_nas inet, p_caller text, p_accepted boolean, p_reason text, p_detail text, p_at timestamptz)
returns integer language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    perform access.heard(p_nas, p_at);
    insert into access.answer (at, account, nas, caller, accepted, reason, detail)
    values (p_at, lower(p_account), p_nas, p_caller, p_accepted, p_reason, p_detail);
    return 1;
end $$;
"""

# The server signs in with a role of its own that the house makes when it starts the server; the verifier is a SCRAM one, so
# that no log of statements ever holds a password. A lost second of the log of answers is worth twice the answers a second.
ADMIT = """
create function access.admit_server(p_role text, p_verifier text) returns void language plpgsql as $$
begin
    perform pg_advisory_xact_lock(hashtextextended('role ' || p_role, 0));
    if not exists (select from pg_roles where rolname = p_role) then
        execute format('create role %I', p_role);
    end if;
    execute format('alter role %I with login password %L', p_role, p_verifier);
    execute format('alter role %I in database %I set synchronous_commit = off', p_role, current_database());
    execute format('grant usage on schema radius to %I', p_role);
    execute format('grant execute on all functions in schema radius to %I', p_role);
end $$;
revoke all on all functions in schema radius from public;
revoke all on all functions in schema access from public;
"""

DROP = "drop function radius.authorise, radius.answered, access.admit_server"

_OCTETS = [(name, models.BigIntegerField(default=0)) for name in ("seconds", "up_octets", "down_octets")]


class Migration(migrations.Migration):
    dependencies = [("provisioning", "0005_chap_index")]

    operations = [
        migrations.RunSQL(AUTHORISE + ANSWERED + ADMIT, DROP),
        migrations.CreateModel(
            name="AccessDevice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.TextField()),
                ("kind", models.TextField()),
                ("address", models.GenericIPAddressField()),
                ("secret", models.BinaryField()),
                ("coa_port", models.IntegerField()),
                ("place", models.TextField(default="")),
                ("state", models.TextField(default="active")),
                ("changed_at", models.DateTimeField()),
                ("heard_at", models.DateTimeField(null=True)),
                ("failures", models.IntegerField(default=0)),
                ("resting_until", models.DateTimeField(null=True)),
                ("last_error", models.TextField(default="")),
            ],
            options={"db_table": '"access"."nas"', "managed": False},
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                ("unique_id", models.TextField(primary_key=True, serialize=False)),
                ("session_id", models.TextField()),
                ("account", models.TextField()),
                ("nas", models.GenericIPAddressField()),
                ("nas_port", models.TextField(default="")),
                ("caller", models.TextField(default="")),
                ("framed_ip", models.GenericIPAddressField(null=True)),
                ("started_at", models.DateTimeField()),
                ("updated_at", models.DateTimeField()),
                *_OCTETS,
                ("granted_until", models.DateTimeField(null=True)),
                ("granted_down_kbps", models.IntegerField(null=True)),
                ("granted_up_kbps", models.IntegerField(null=True)),
            ],
            options={"db_table": '"access"."session"', "managed": False},
        ),
    ]
