"""Transfers: a means more, and the bank's record as its way. The lists give way to longer ones before anybody uses them."""

from django.contrib.postgres.operations import AddConstraintNotValid, ValidateConstraint
from django.db import migrations, models

PROVIDERS = models.CheckConstraint(
    condition=models.Q(provider__in=["wechat", "alipay", "card", "transfer"]), name="charge_provider"
)
WAYS = models.CheckConstraint(
    condition=models.Q(way__in=["scanned", "shown", "terminal", "slip", "record"]), name="charge_way"
)


class Migration(migrations.Migration):
    dependencies = [("acquiring", "0180_refund_slip_once")]

    operations = [
        migrations.RemoveConstraint("charge", "charge_provider"),
        AddConstraintNotValid("charge", PROVIDERS),
        ValidateConstraint("charge", "charge_provider"),
        migrations.RemoveConstraint("charge", "charge_way"),
        AddConstraintNotValid("charge", WAYS),
        ValidateConstraint("charge", "charge_way"),
    ]
