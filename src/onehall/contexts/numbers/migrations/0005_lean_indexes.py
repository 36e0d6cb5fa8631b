"""Indexes that no question asks for: each cost every sale a write. A fresh database never makes most of them."""

from django.db import migrations

NEVER_ASKED = (
    "numbers_number_by_id_2a681104",
    "numbers_book_hall_id_fe31ad20",
    "numbers_book_counter_id_cd382dbb",
    "numbers_book_by_id_d4137b72",
)


class Migration(migrations.Migration):
    dependencies = [("numbers", "0004_serials_taken_over")]

    operations = [
        migrations.RunSQL(f"drop index if exists {name}", migrations.RunSQL.noop) for name in NEVER_ASKED
    ]
