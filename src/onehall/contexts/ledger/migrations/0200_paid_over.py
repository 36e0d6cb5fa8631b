"""Money that was collected for somebody else is paid over: off the liability, out of the bank (CAT-11, LED-01)."""

from django.contrib.postgres.operations import AddConstraintNotValid, ValidateConstraint
from django.db import migrations, models

BOOK_SETTLED = """
create function ledger_book_settled(p_hall bigint, p_amount bigint, p_held text, p_paid_from text, p_at timestamptz)
returns bigint language plpgsql as $$
declare
    written bigint;
begin
    insert into ledger_batch (hall_id, kind, at) values (p_hall, 'settled', p_at) returning id into written;
    -- An account that is not there leaves account_id null, which the table refuses.
    insert into ledger_posting (batch_id, account_id, amount) values
        (written, (select id from ledger_account where code = p_held), p_amount),
        (written, (select id from ledger_account where code = p_paid_from), -p_amount);
    return written;
end $$;
"""
KINDS = ["payment", "reversal", "unsold", "clearing", "cash", "earned", "settled", "opening"]


class Migration(migrations.Migration):
    dependencies = [("ledger", "0190_opening_balances")]

    operations = [
        migrations.RemoveConstraint(model_name="batch", name="batch_kind"),
        AddConstraintNotValid(
            model_name="batch",
            constraint=models.CheckConstraint(condition=models.Q(("kind__in", KINDS)), name="batch_kind"),
        ),
        ValidateConstraint(model_name="batch", name="batch_kind"),
        migrations.RunSQL(BOOK_SETTLED, "drop function ledger_book_settled"),
    ]
