"""Numbers that a new line of a compound is chosen from (ADR-03)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("numbers", "0152_book_stock_holds"),
    ]

    operations = [
        migrations.CreateModel(
            name="NumberRange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.TextField()),
                ("compound", models.TextField()),
                ("source", models.TextField()),
                ("first", models.BigIntegerField()),
                ("last", models.BigIntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "compound", "first"), name="numbers_range_once"),
                    models.CheckConstraint(
                        condition=models.Q(("first__gt", 0), ("first__lte", models.F("last"))),
                        name="numbers_range_forward",
                    ),
                ],
            },
        ),
    ]
