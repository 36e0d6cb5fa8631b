"""What banking publishes to readings; and nothing is posted into a closed month, whoever writes it (CSH-05)."""

from django.db import migrations

VIEWS = {
    "pub_banking_bag": """
        select b.id, b.hall_id, b.serial, b.amount, b.sealed_by_id, b.sealed_at, b.signed_by_id, b.signed_at,
               b.handed_by_id, b.handed_at, b.carrier, b.counted
        from banking_bag b
    """,
    "pub_banking_bag_drawer": """
        select d.bag_id, b.hall_id, d.drawer_id, d.amount from banking_bagdrawer d join banking_bag b on b.id = d.bag_id
    """,
    "pub_banking_line": """
        select l.id, l.hall_id, l.reference, l.booked_on, l.label, l.amount, l.by_id, l.at from banking_bankline l
    """,
    "pub_banking_month": """
        select m.id, m.hall_id, m.start, m."end", m.asked_by_id, m.asked_at, m.closed_by_id, m.closed_at, m.batches,
               m.debits
        from banking_monthclose m
    """,
}
# Asked once a statement that writes postings, whole batches at a time. A close waits for nothing: postings are dated now.
REFUSED = """
create function banking_period_closed() returns trigger language plpgsql as $$
begin
    if exists (
        select from fresh join ledger_batch b on b.id = fresh.batch_id
        join banking_monthclose m on m.hall_id = b.hall_id and m.start <= b.at and b.at < m."end" and m.closed_at is not null)
    then
        raise exception 'the month of this batch is closed' using errcode = 'check_violation', constraint = 'period_closed';
    end if;
    return null;
end $$;
create trigger period_closed after insert on ledger_posting
    referencing new table as fresh for each statement execute function banking_period_closed();
"""


class Migration(migrations.Migration):
    dependencies = [("banking", "0001_initial"), ("ledger", "0005_balance_by_statement")]

    operations = [
        migrations.RunSQL(f"create view {name} as {query}", f"drop view {name}")
        for name, query in VIEWS.items()
    ] + [migrations.RunSQL(REFUSED, "drop function banking_period_closed cascade")]
