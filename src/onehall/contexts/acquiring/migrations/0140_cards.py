"""Cards: another provider, two more ways, and what a slip says. The lists of 0001 give way to longer ones before anybody uses them."""

from django.contrib.postgres.operations import AddConstraintNotValid, ValidateConstraint
from django.db import migrations, models

PROVIDERS = models.CheckConstraint(
    condition=models.Q(provider__in=["wechat", "alipay", "card"]), name="charge_provider"
)
WAYS = models.CheckConstraint(
    condition=models.Q(way__in=["scanned", "shown", "terminal", "slip"]), name="charge_way"
)
MASKED = models.CheckConstraint(condition=~models.Q(payer__regex=r"\d{7}"), name="payer_masked")


class Migration(migrations.Migration):
    dependencies = [("acquiring", "0002_views")]

    operations = [
        migrations.AddField(
            "chargeevent", "payer", models.CharField(max_length=24, default="", db_default="", blank=True)
        ),
        migrations.AddField(
            "chargeevent", "approval", models.CharField(max_length=12, default="", db_default="", blank=True)
        ),
        migrations.RemoveConstraint("charge", "charge_provider"),
        AddConstraintNotValid("charge", PROVIDERS),
        ValidateConstraint("charge", "charge_provider"),
        migrations.RemoveConstraint("charge", "charge_way"),
        AddConstraintNotValid("charge", WAYS),
        ValidateConstraint("charge", "charge_way"),
        AddConstraintNotValid("chargeevent", MASKED),
        ValidateConstraint("chargeevent", "payer_masked"),
    ]
