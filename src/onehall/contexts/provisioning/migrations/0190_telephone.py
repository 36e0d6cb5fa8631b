"""Telephone lines as their network is to have them: the table that a SIP server may be shown, written with the decision (NET-03)."""

from django.db import migrations, models

TABLE = """
create table access.telephone (
    number text primary key check (number ~ '^[0-9]+$'),
    subscription_id bigint not null references subscriptions_subscription deferrable initially deferred,
    state text not null check (state in ('active', 'suspended', 'stopped', 'withdrawn')),
    international_out boolean not null,
    international_in boolean not null,
    caller_id boolean not null,
    call_forward boolean not null,
    service_secret text not null,
    must_change boolean not null,
    updated_at timestamptz not null
);
create index telephone_of_subscription on access.telephone (subscription_id);
"""


class Migration(migrations.Migration):
    dependencies = [("provisioning", "0012_pauses"), ("subscriptions", "0002_functions")]

    # fmt: off
    operations = [
        migrations.RunSQL(TABLE, "drop table access.telephone"),
        migrations.CreateModel(name="TelephoneAccess", fields=[
            ("number", models.TextField(primary_key=True, serialize=False)),
            ("state", models.TextField()),
            ("international_out", models.BooleanField()),
            ("international_in", models.BooleanField()),
            ("caller_id", models.BooleanField()),
            ("call_forward", models.BooleanField()),
            ("service_secret", models.TextField()),
            ("must_change", models.BooleanField()),
            ("updated_at", models.DateTimeField()),
        ], options={"db_table": '"access"."telephone"', "managed": False}),
    ]
    # fmt: on
