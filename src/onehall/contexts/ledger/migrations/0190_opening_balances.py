"""What customers had paid in elsewhere before a register brought them: their balances stand against an account of their own (LED-02)."""

from django.contrib.postgres.operations import AddConstraintNotValid, ValidateConstraint
from django.db import migrations, models

BOOK_OPENING = """
create function ledger_book_opening(p_hall bigint, p_amount bigint, p_held text, p_against text, p_at timestamptz)
returns bigint language plpgsql as $$
declare
    written bigint;
begin
    insert into ledger_batch (hall_id, kind, at) values (p_hall, 'opening', p_at) returning id into written;
    -- An account that is not there leaves account_id null, which the table refuses.
    insert into ledger_posting (batch_id, account_id, amount) values
        (written, (select id from ledger_account where code = p_against), p_amount),
        (written, (select id from ledger_account where code = p_held), -p_amount);
    return written;
end $$;
"""
KINDS = ["payment", "reversal", "unsold", "clearing", "cash", "earned", "opening"]


class Migration(migrations.Migration):
    dependencies = [("ledger", "0170_earned_from_a_balance")]

    operations = [
        migrations.RemoveConstraint(model_name="batch", name="batch_kind"),
        AddConstraintNotValid(
            model_name="batch",
            constraint=models.CheckConstraint(condition=models.Q(("kind__in", KINDS)), name="batch_kind"),
        ),
        ValidateConstraint(model_name="batch", name="batch_kind"),
        migrations.RunSQL(BOOK_OPENING, "drop function ledger_book_opening"),
    ]
