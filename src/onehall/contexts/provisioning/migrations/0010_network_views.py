"""What readings may see of devices, sessions, usage and answers: everything but the secrets (LAW-03)."""

from django.db import migrations

VIEWS = {
    "pub_provisioning_nas": """
        select id, name, kind, address, coa_port, place, state, changed_at, heard_at, failures, resting_until, last_error
        from access.nas""",
    "pub_provisioning_session": """
        select unique_id, session_id, account, nas, nas_port, caller, framed_ip, started_at, updated_at, seconds, up_octets,
            down_octets, granted_until, granted_down_kbps, granted_up_kbps
        from access.session""",
    "pub_provisioning_session_ended": """
        select unique_id, session_id, account, nas, nas_port, caller, framed_ip, started_at, ended_at, seconds, up_octets,
            down_octets, cause
        from access.session_ended""",
    "pub_provisioning_usage_day": "select account, day, up_octets, down_octets, seconds from access.usage_day",
    "pub_provisioning_answer": "select at, account, nas, caller, accepted, reason, detail from access.answer",
}


class Migration(migrations.Migration):
    dependencies = [("provisioning", "0007_survivors")]

    operations = [
        migrations.RunSQL(f"create view {name} as {body}", f"drop view {name}")
        for name, body in VIEWS.items()
    ]
