"""What readings may see of customers: search keys and hashes, never a number in the clear nor its ciphertext."""

from django.db import migrations

VIEWS = {
    "pub_customers_party": """
        select id, kind, name, name_keys, initials, name_pinyin, registered_hall_id, registered_at
        from customers_party""",
    "pub_customers_document": "select id, party_id, kind, number_hash, last4_hash from customers_identitydocument",
    "pub_customers_contact": "select id, party_id, kind, phone_hash, last4_hash from customers_contact",
    "pub_customers_premises": """
        select id, kind, parent_id, path, name, name_en, full_label as label, full_label_en as label_en
        from customers_premises""",
    "pub_customers_purpose": """
        select id, party_id, hall_id, by_id, kind, verification, "case", reason, stated_at, valid_until
        from customers_accesspurpose""",
}


class Migration(migrations.Migration):
    dependencies = [("customers", "0001_initial")]

    operations = [
        migrations.RunSQL(f"create view {name} as {body}", f"drop view {name}")
        for name, body in VIEWS.items()
    ]
