"""What readings may see of installation tests (ORD-09)."""

from django.db import migrations

VIEW = """
create view pub_provisioning_line_test as
    select account, opened_at, until, closed_at, closed_why from access.line_test;
"""


class Migration(migrations.Migration):
    dependencies = [("provisioning", "0010_network_views")]

    operations = [migrations.RunSQL(VIEW, "drop view pub_provisioning_line_test")]
