"""What catalogue publishes to readings."""

from django.db import migrations

_CREATE = """
    create view pub_catalogue_offering as
        select code, place, kind, name_zh, name_en, term_months, down_kbps, up_kbps, network_profile, revenue_account,
               valid_from, valid_to
        from catalogue_offering;
    create view pub_catalogue_price as
        select o.code, p.version, p.price, p.valid_from
        from catalogue_offeringprice p join catalogue_offering o on o.id = p.offering_id;
"""
_DROP = "drop view pub_catalogue_price; drop view pub_catalogue_offering;"


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0001_initial")]

    operations = [migrations.RunSQL(_CREATE, _DROP)]
