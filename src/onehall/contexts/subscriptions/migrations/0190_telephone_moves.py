"""A telephone line moves under its number, or gets another one where it is; with its broadband it moves by the same order (CHG-04)."""

from django.contrib.postgres.operations import AddConstraintNotValid, ValidateConstraint
from django.db import migrations, models
from django.db.models import F, Q

_OF_ORDER = "subscriptions_move_of_order"
UNIQUE = models.UniqueConstraint(fields=["order", "subscription"], name=_OF_ORDER)
BUILD = f"create unique index concurrently if not exists {_OF_ORDER} on subscriptions_move (order_id, subscription_id)"
USE = f"alter table subscriptions_move add constraint {_OF_ORDER} unique using index {_OF_ORDER}"
BACK = f"alter table subscriptions_move drop constraint {_OF_ORDER}"
ELSEWHERE = ~Q(from_account=F("to_account"), from_dwelling=F("to_dwelling"))
SOMETHING = models.CheckConstraint(condition=ELSEWHERE, name="subscriptions_moves_something")
DATABASE = [migrations.RunSQL(BUILD, migrations.RunSQL.noop), migrations.RunSQL(USE, BACK)]


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("subscriptions", "0007_lean_indexes")]

    operations = [
        migrations.SeparateDatabaseAndState(DATABASE, [migrations.AddConstraint("move", UNIQUE)]),
        migrations.RemoveConstraint("move", "subscriptions_move_once"),
        AddConstraintNotValid("move", SOMETHING),
        ValidateConstraint("move", "subscriptions_moves_something"),
        migrations.RemoveConstraint("move", "subscriptions_move_elsewhere"),
    ]
