"""Transfers that nobody claimed and nobody looked into, for what waits for the manager (PAY-03)."""

from django.db import migrations

WAITING = """
create view pub_banking_waiting as
    select l.id, l.hall_id, l.reference, l.amount, l.booked_on, l.at from banking_bankline l
    where l.payer is not null
      and not exists (select from banking_bankclaim c where c.line_id = l.id)
      and not exists (select from banking_banknote n where n.line_id = l.id)
      and not exists (select from banking_bag b where b.hall_id = l.hall_id and b.serial = l.label)
"""


class Migration(migrations.Migration):
    dependencies = [("banking", "0180_who_paid")]

    operations = [migrations.RunSQL(WAITING, "drop view pub_banking_waiting")]
