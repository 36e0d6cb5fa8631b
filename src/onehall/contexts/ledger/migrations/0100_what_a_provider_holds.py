"""What a provider keeps, differs in and pays out stands in the books against its account (PAY-03, LED-02)."""

from django.contrib.postgres.operations import AddConstraintNotValid, ValidateConstraint
from django.db import migrations, models

BOOK_AGAINST = """
create function ledger_book_against(
    p_hall bigint, p_kind text, p_means text, p_amount bigint, p_account text, p_at timestamptz
) returns bigint language plpgsql as $$
declare
    written bigint;
begin
    insert into ledger_batch (hall_id, kind, at) values (p_hall, p_kind, p_at) returning id into written;
    -- An account that is not there leaves account_id null, which the table refuses.
    insert into ledger_posting (batch_id, account_id, amount) values
        (written, (select id from ledger_account where means = p_means), p_amount),
        (written, (select id from ledger_account where code = p_account), -p_amount);
    return written;
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0061_money_without_a_sale")]

    operations = [
        migrations.RemoveConstraint(model_name="batch", name="batch_kind"),
        AddConstraintNotValid(
            model_name="batch",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["payment", "reversal", "unsold", "clearing"])),
                name="batch_kind",
            ),
        ),
        ValidateConstraint(model_name="batch", name="batch_kind"),
        migrations.RunSQL(BOOK_AGAINST, "drop function ledger_book_against"),
    ]
