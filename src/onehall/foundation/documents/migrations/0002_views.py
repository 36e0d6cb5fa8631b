"""What readings may see of papers: never their content."""

from django.db import migrations

VIEW = """
create view pub_documents_document as
    select id, kind, hall_id, serial, amount_fen, subject, subject_id, issued_at from documents_document;
"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]

    operations = [migrations.RunSQL(VIEW, "drop view pub_documents_document")]
