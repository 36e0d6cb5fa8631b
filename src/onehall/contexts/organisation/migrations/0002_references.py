"""Real foreign keys from identity's grants and sessions to halls and counters: identity lies below and cannot name them itself."""

from django.db import migrations

_ADD = """
    alter table identity_grant add constraint identity_grant_hall_fk
        foreign key (hall_id) references organisation_hall (id) deferrable initially deferred;
    alter table identity_session add constraint identity_session_hall_fk
        foreign key (hall_id) references organisation_hall (id) deferrable initially deferred;
    alter table identity_session add constraint identity_session_counter_fk
        foreign key (counter_id) references organisation_counter (id) deferrable initially deferred;
"""
_DROP = """
    alter table identity_grant drop constraint identity_grant_hall_fk;
    alter table identity_session drop constraint identity_session_hall_fk;
    alter table identity_session drop constraint identity_session_counter_fk;
"""


class Migration(migrations.Migration):
    dependencies = [("identity", "0001_initial"), ("organisation", "0001_initial")]

    operations = [migrations.RunSQL(_ADD, _DROP)]
