"""What a telephone line had left when it ended comes to its customer's balance."""

from django.contrib.postgres.operations import AddConstraintNotValid, ValidateConstraint
from django.db import migrations, models
from django.db.models import Q

SIGN = models.CheckConstraint(
    condition=Q(kind__in=["deposit", "put_back", "moved_in"], amount__gt=0)
    | Q(kind__in=["taken_back", "spent", "refund"], amount__lt=0),
    name="balance_movement_sign",
)


class Migration(migrations.Migration):
    dependencies = [("balances", "0002_views")]

    operations = [
        migrations.RemoveConstraint(model_name="movement", name="balance_movement_sign"),
        AddConstraintNotValid(model_name="movement", constraint=SIGN),
        ValidateConstraint(model_name="movement", name="balance_movement_sign"),
    ]
