from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("numbers", "0160_ranges")]

    operations = [
        migrations.AddField(
            model_name="book", name="paper", field=models.BooleanField(db_default=True, default=True)
        )
    ]
