"""The two functions of every payment ask the server less: the id without a search for its sequence, the receipt in one statement (PAY-01, RCP-02)."""

from django.db import migrations

POST_PAYMENT = """
create or replace function ledger_post_payment(
    p_intent uuid, p_hall bigint, p_counter bigint, p_by bigint, p_basket bigint, p_party bigint,
    p_at timestamptz, p_policy_version bigint,
    p_accounts text[], p_amounts bigint[],
    p_means text[], p_paid bigint[], p_tendered bigint[], p_change bigint[]
) returns table (payment bigint, batch bigint) language plpgsql as $$
#variable_conflict use_column
begin
    insert into ledger_batch (hall_id, kind, at) values (p_hall, 'payment', p_at) returning id into batch;

    -- An unknown account leaves account_id null, which the table refuses.
    insert into ledger_posting (batch_id, account_id, amount)
        select batch, held.id, taken.amount
        from unnest(p_means, p_paid) as taken(means, amount)
        left join ledger_account held on held.means = taken.means
        union all
        select batch, earned.id, -sum(line.amount)
        from unnest(p_accounts, p_amounts) as line(account, amount)
        left join ledger_account earned on earned.code = line.account
        group by earned.id
        having sum(line.amount) <> 0;

    payment := nextval(%s);

    insert into ledger_tender (payment_id, means, amount, tendered, change)
        select payment, t.* from unnest(p_means, p_paid, p_tendered, p_change) t;

    insert into ledger_payment
        (id, intent, hall_id, counter_id, by_id, basket_id, party_id, batch_id, at, amount, policy_version)
        overriding system value
        values (payment, p_intent, p_hall, p_counter, p_by, p_basket, p_party, batch, p_at,
                (select sum(a) from unnest(p_amounts) a), p_policy_version);

    return next;
end $$;
"""
ISSUE_RECEIPT = """
create or replace function ledger_issue_receipt(
    p_payment bigint, p_kind text, p_number text, p_book bigint, p_payer text, p_copies integer, p_by bigint, p_at timestamptz)
returns table (receipt bigint, amount bigint, turn integer) language plpgsql as $$
#variable_conflict use_column
begin
    insert into ledger_receipt as r
        (hall_id, payment_id, turn, kind, number, book_id, amount, payer, copies, by_id, issued_at)
        select p.hall_id, p.id, (select count(*) + 1 from ledger_receipt o where o.payment_id = p.id), p_kind, p_number, p_book,
            p.amount, p_payer, p_copies, p_by, p_at
        from ledger_payment p
        where p.id = p_payment
          and not exists (
            select from ledger_receipt o where o.payment_id = p.id
              and not exists (select from ledger_receiptvoid v where v.receipt_id = o.id))
          and not exists (select from ledger_reversal v where v.payment_id = p.id)
        returning r.id, r.amount, r.turn into receipt, amount, turn;
    if not found then
        raise exception 'payment % has its receipt or is reversed', p_payment
            using errcode = 'unique_violation', constraint = 'receipt_stands';
    end if;
    return next;
end $$;
"""
ISSUE_RECEIPT_BEFORE = """
create or replace function ledger_issue_receipt(
    p_payment bigint, p_kind text, p_number text, p_book bigint, p_payer text, p_copies integer, p_by bigint, p_at timestamptz)
returns table (receipt bigint, amount bigint, turn integer) language plpgsql as $$
#variable_conflict use_column
declare
    standing boolean;
begin
    select count(*) + 1, count(*) > count(v.id) into turn, standing
        from ledger_receipt r left join ledger_receiptvoid v on v.receipt_id = r.id
        where r.payment_id = p_payment;
    if standing or exists (select 1 from ledger_reversal where payment_id = p_payment) then
        raise exception 'payment % has its receipt or is reversed', p_payment
            using errcode = 'unique_violation', constraint = 'receipt_stands';
    end if;
    insert into ledger_receipt as r
        (hall_id, payment_id, turn, kind, number, book_id, amount, payer, copies, by_id, issued_at)
        select hall_id, id, turn, p_kind, p_number, p_book, amount, p_payer, p_copies, p_by, p_at
        from ledger_payment where id = p_payment
        returning r.id, r.amount into strict receipt, amount;
    return next;
end $$;
"""
SEARCHED, KNOWN = "pg_get_serial_sequence('ledger_payment', 'id')", "'ledger_payment_id_seq'"


class Migration(migrations.Migration):
    dependencies = [("ledger", "0220_moved_to_a_balance")]

    operations = [
        migrations.RunSQL(POST_PAYMENT % KNOWN, POST_PAYMENT % SEARCHED),
        migrations.RunSQL(ISSUE_RECEIPT, ISSUE_RECEIPT_BEFORE),
    ]
