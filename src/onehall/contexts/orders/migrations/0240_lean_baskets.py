"""A basket's lines and orders are found by the unique index that begins with the basket: a second one cost every sale a write."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0060_span_of_hall"),
    ]

    operations = [
        migrations.AlterField(
            model_name="basketitem",
            name="basket",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="items",
                to="orders.basket",
            ),
        ),
        migrations.AlterField(
            model_name="serviceorder",
            name="basket",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="orders",
                to="orders.basket",
            ),
        ),
    ]
