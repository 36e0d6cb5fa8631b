"""Which lines of the bank's record paid for something else than a bag, for readings."""

from django.db import migrations

CLAIMS = """
create view pub_banking_claim as
    select c.line_id, l.hall_id, c.what, c.about, c.at from banking_bankclaim c join banking_bankline l on l.id = c.line_id
"""


class Migration(migrations.Migration):
    dependencies = [("banking", "0100_whose_a_line_is")]

    operations = [migrations.RunSQL(CLAIMS, "drop view pub_banking_claim")]
