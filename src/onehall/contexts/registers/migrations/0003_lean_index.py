"""The rows of an import are found by import and row number; an index of imports alone cost every row a write."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registers", "0002_upload_work")]

    operations = [
        migrations.AlterField(
            model_name="row",
            name="made",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="registers.import",
            ),
        ),
    ]
