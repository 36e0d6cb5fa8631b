"""A line of the bank's record may name who paid: what a customer transferred is found by it (PAY-03). Encrypted, as any name."""

from django.db import migrations

import onehall.foundation.vault.fields


class Migration(migrations.Migration):
    dependencies = [("banking", "0120_claims_shown")]

    operations = [
        migrations.AddField("bankline", "payer", onehall.foundation.vault.fields.EncryptedField(null=True)),
    ]
