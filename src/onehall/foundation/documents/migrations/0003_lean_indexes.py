"""Indexes that no question asks for: each cost every sale a write. A fresh database never makes most of them."""

from django.db import migrations

NEVER_ASKED = (
    "documents_document_issued_by_id_8e551c80",
    "documents_printjob_by_id_6b88e7ad",
    "documents_printjob_document_id_0edb1f5e",
    "documents_document_code_06f0bf8e_like",
)


class Migration(migrations.Migration):
    dependencies = [("documents", "0002_views")]

    operations = [
        migrations.RunSQL(f"drop index if exists {name}", migrations.RunSQL.noop) for name in NEVER_ASKED
    ]
