"""Cash on its way has its postings: what was counted, bagged and booked by the bank, each once (LED-02, CSH-03, CSH-04)."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.contrib.postgres.operations import AddConstraintNotValid, ValidateConstraint
from django.db import migrations, models

BOOK_CASH = """
create function ledger_book_cash(
    p_hall bigint, p_source text, p_source_id bigint, p_roles text[], p_amounts bigint[], p_at timestamptz
) returns bigint language plpgsql as $$
declare
    written bigint;
begin
    if exists (select from ledger_cashbooking where source = p_source and source_id = p_source_id) then
        return null;
    end if;
    insert into ledger_batch (hall_id, kind, at) values (p_hall, 'cash', p_at) returning id into written;
    insert into ledger_cashbooking (batch_id, source, source_id) values (written, p_source, p_source_id);
    -- A role that no account plays leaves account_id null, which the table refuses.
    insert into ledger_posting (batch_id, account_id, amount)
        select written, a.account_id, leg.amount
        from unnest(p_roles, p_amounts) as leg(role, amount) left join ledger_cashaccount a on a.role = leg.role;
    return written;
end $$;
"""
# A line of the bank that turns out to have paid for something else: what was booked for it is booked back, dated now.
UNBOOK_CASH = """
create function ledger_unbook_cash(p_source text, p_source_id bigint, p_at timestamptz) returns bigint language plpgsql as $$
declare
    before bigint;
    written bigint;
begin
    select batch_id into before from ledger_cashbooking where source = p_source and source_id = p_source_id;
    if not found or exists (select from ledger_cashbooking where source = 'un' || p_source and source_id = p_source_id) then
        return null;
    end if;
    insert into ledger_batch (hall_id, kind, at) select hall_id, 'cash', p_at from ledger_batch where id = before returning id into written;
    insert into ledger_cashbooking (batch_id, source, source_id) values (written, 'un' || p_source, p_source_id);
    insert into ledger_posting (batch_id, account_id, amount)
        select written, account_id, -amount from ledger_posting where batch_id = before;
    return written;
end $$;
"""
VIEWS = {
    "pub_ledger_cash": """
        select c.batch_id, b.hall_id, b.at, c.source, c.source_id
        from ledger_cashbooking c join ledger_batch b on b.id = c.batch_id
    """,
    "pub_ledger_role": "select c.role, a.code as account from ledger_cashaccount c join ledger_account a on a.id = c.account_id",
}
KINDS = ["payment", "reversal", "unsold", "clearing", "cash"]


class Migration(migrations.Migration):
    dependencies = [("ledger", "0100_what_a_provider_holds")]

    operations = [
        migrations.CreateModel(
            name="CashAccount",
            fields=[
                ("role", models.CharField(max_length=10, primary_key=True, serialize=False)),
                (
                    "account",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.account",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CashBooking",
            fields=[
                (
                    "batch",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="ledger.batch",
                    ),
                ),
                ("source", models.CharField(max_length=10)),
                ("source_id", models.BigIntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("source", "source_id"), name="cash_booked_once")
                ]
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="cashbooking",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="206582e44de60231b6cd5e3874463f03f3940869",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_204a5",
                    table="ledger_cashbooking",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RemoveConstraint(model_name="batch", name="batch_kind"),
        AddConstraintNotValid(
            model_name="batch",
            constraint=models.CheckConstraint(condition=models.Q(("kind__in", KINDS)), name="batch_kind"),
        ),
        ValidateConstraint(model_name="batch", name="batch_kind"),
        migrations.RunSQL(BOOK_CASH, "drop function ledger_book_cash"),
        migrations.RunSQL(UNBOOK_CASH, "drop function ledger_unbook_cash"),
        *(
            migrations.RunSQL(f"create view {name} as {text}", f"drop view {name}")
            for name, text in VIEWS.items()
        ),
    ]
