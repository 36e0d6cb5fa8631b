"""Real foreign keys from the access tokens to halls and counters: identity lies below and cannot name them itself."""

from django.db import migrations

_ADD = """
    alter table identity_token add constraint identity_token_hall_fk
        foreign key (hall_id) references organisation_hall (id) deferrable initially deferred;
    alter table identity_token add constraint identity_token_counter_fk
        foreign key (counter_id) references organisation_counter (id) deferrable initially deferred;
"""
_DROP = """
    alter table identity_token drop constraint identity_token_hall_fk;
    alter table identity_token drop constraint identity_token_counter_fk;
"""


class Migration(migrations.Migration):
    dependencies = [("identity", "0002_token"), ("organisation", "0003_views")]

    operations = [migrations.RunSQL(_ADD, _DROP)]
