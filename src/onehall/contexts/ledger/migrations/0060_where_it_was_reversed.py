"""A reversal says at which counter the money went back: not always where it came in (LED-02)."""

import django.db.models.deletion
from django.db import migrations

import onehall.foundation.database.refs

REVERSE = """
create function ledger_reverse_payment_at(p_payment bigint, p_reason text, p_by bigint, p_at timestamptz, p_counter bigint)
returns table (reversal bigint, batch bigint) language plpgsql as $$
#variable_conflict use_column
begin
    insert into ledger_batch (hall_id, kind, at)
        select hall_id, 'reversal', p_at from ledger_payment where id = p_payment
        returning id into strict batch;
    insert into ledger_posting (batch_id, account_id, amount)
        select batch, posted.account_id, -posted.amount
        from ledger_posting posted join ledger_payment paid on paid.batch_id = posted.batch_id
        where paid.id = p_payment;
    insert into ledger_reversal (payment_id, batch_id, reason, counter_id, by_id, at)
        values (p_payment, batch, p_reason, p_counter, p_by, p_at)
        returning id into reversal;
    return next;
end $$;
"""
_PAYMENT = """
    select p.id, p.hall_id, p.counter_id, p.by_id, p.basket_id, p.party_id, p.batch_id, p.at, p.amount,
           p.policy_version, r.id as reversal_id, r.batch_id as reversal_batch_id, r.at as reversed_at,
           r.by_id as reversed_by_id{more}
    from ledger_payment p left join ledger_reversal r on r.payment_id = p.id
"""
NOW = "create or replace view pub_ledger_payment as" + _PAYMENT.format(
    more=", coalesce(r.counter_id, p.counter_id) as reversed_counter_id"
)
BEFORE = "drop view pub_ledger_payment; create view pub_ledger_payment as" + _PAYMENT.format(more="")


class Migration(migrations.Migration):
    dependencies = [("ledger", "0050_account_view"), ("organisation", "0004_token_places")]

    operations = [
        migrations.AddField(
            model_name="reversal",
            name="counter",
            field=onehall.foundation.database.refs.RoomRef(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisation.counter",
            ),
        ),
        migrations.RunSQL(REVERSE, "drop function ledger_reverse_payment_at"),
        migrations.RunSQL(NOW, BEFORE),
    ]
