"""What is left of one prepaid service goes to the customer's prepaid balance: from one liability to another (LED-01, BIL-02)."""

from django.contrib.postgres.operations import AddConstraintNotValid, ValidateConstraint
from django.db import migrations, models

BOOK_MOVED = """
create function ledger_book_moved(p_hall bigint, p_amount bigint, p_held text, p_at timestamptz)
returns bigint language plpgsql as $$
declare
    written bigint;
begin
    insert into ledger_batch (hall_id, kind, at) values (p_hall, 'moved', p_at) returning id into written;
    -- An account that is not there leaves account_id null, which the table refuses.
    insert into ledger_posting (batch_id, account_id, amount) values
        (written, (select id from ledger_account where code = p_held), p_amount),
        (written, (select account_id from ledger_cashaccount where role = 'prepaid'), -p_amount);
    return written;
end $$;
"""
KINDS = ["payment", "reversal", "unsold", "clearing", "cash", "earned", "settled", "opening", "moved"]


class Migration(migrations.Migration):
    dependencies = [("ledger", "0200_paid_over")]

    operations = [
        migrations.RemoveConstraint(model_name="batch", name="batch_kind"),
        AddConstraintNotValid(
            model_name="batch",
            constraint=models.CheckConstraint(condition=models.Q(("kind__in", KINDS)), name="batch_kind"),
        ),
        ValidateConstraint(model_name="batch", name="batch_kind"),
        migrations.RunSQL(BOOK_MOVED, "drop function ledger_book_moved"),
    ]
