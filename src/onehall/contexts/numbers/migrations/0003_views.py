"""What readings may see of the numbers room."""

from django.db import migrations

VIEWS = """
create view pub_numbers_number as
    select id, kind, number, source, dwelling_id, state, basket, reserved_until, quarantined_until, changed_at
    from numbers_number;
create view pub_numbers_book as
    select id, kind, hall_id, counter_id, prefix, width, first, last, next, last - next + 1 as remaining, issued_at
    from numbers_book;
create view pub_numbers_prefix as
    select kind, prefix, source, name_zh, name_en from numbers_lineprefix;
"""


class Migration(migrations.Migration):
    dependencies = [("numbers", "0002_functions")]

    operations = [
        migrations.RunSQL(VIEWS, "drop view pub_numbers_number, pub_numbers_book, pub_numbers_prefix"),
    ]
