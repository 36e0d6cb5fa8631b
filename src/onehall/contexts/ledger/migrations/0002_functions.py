"""The ledger's verbs as SQL functions: one call each on the path of a payment, so that a hall's morning queue never waits.

Broken promises surface as constraint names; services.py turns those a person can cause into refusals.
"""

from django.db import migrations

RECEIPT_BEARS_ITS_PAYMENT = """
alter table ledger_receipt add constraint receipt_bears_its_payment
    foreign key (payment_id, amount) references ledger_payment (id, amount) deferrable initially deferred;
"""

# Plain constraint triggers: those of the trigger library first ask whether they are to be ignored, which costs more
# than the whole payment.
ZERO_SUM = """
create function ledger_zero_sum() returns trigger language plpgsql as $$
declare
    remainder bigint;
begin
    select sum(amount) into remainder from ledger_posting where batch_id = new.batch_id;
    if remainder <> 0 then
        raise exception 'batch % does not balance: %', new.batch_id, remainder
            using errcode = 'check_violation', constraint = 'ledger_zero_sum';
    end if;
    return null;
end $$;
create constraint trigger zero_sum after insert on ledger_posting
    deferrable initially deferred for each row execute function ledger_zero_sum();
"""

TENDERS_COVER = """
create function ledger_tenders_cover() returns trigger language plpgsql as $$
declare
    paid bigint;
    due bigint;
begin
    if tg_table_name = 'ledger_payment' then paid := new.id; else paid := new.payment_id; end if;
    select amount into due from ledger_payment where id = paid;
    if due is distinct from (select sum(amount) from ledger_tender where payment_id = paid) then
        raise exception 'tenders of payment % do not add up to it', paid
            using errcode = 'check_violation', constraint = 'ledger_tenders_cover';
    end if;
    return null;
end $$;
create constraint trigger tenders_cover after insert on ledger_payment
    deferrable initially deferred for each row execute function ledger_tenders_cover();
create constraint trigger tenders_cover after insert on ledger_tender
    deferrable initially deferred for each row execute function ledger_tenders_cover();
"""

POST_PAYMENT = """
create function ledger_post_payment(
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

    insert into ledger_payment
        (intent, hall_id, counter_id, by_id, basket_id, party_id, batch_id, at, amount, policy_version)
        values (p_intent, p_hall, p_counter, p_by, p_basket, p_party, batch, p_at,
                (select sum(a) from unnest(p_amounts) a), p_policy_version)
        returning id into payment;

    insert into ledger_tender (payment_id, means, amount, tendered, change)
        select payment, t.* from unnest(p_means, p_paid, p_tendered, p_change) t;

    return next;
end $$;
"""

ISSUE_RECEIPT = """
create function ledger_issue_receipt(
    p_payment bigint, p_kind text, p_number text, p_book bigint, p_payer text, p_copies integer,
    p_by bigint, p_at timestamptz
) returns table (receipt bigint, amount bigint, turn integer) language plpgsql as $$
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

REVERSE_PAYMENT = """
create function ledger_reverse_payment(p_payment bigint, p_reason text, p_by bigint, p_at timestamptz)
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
    insert into ledger_reversal (payment_id, batch_id, reason, by_id, at)
        values (p_payment, batch, p_reason, p_by, p_at)
        returning id into reversal;
    return next;
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]

    operations = [
        migrations.RunSQL(
            RECEIPT_BEARS_ITS_PAYMENT, "alter table ledger_receipt drop constraint receipt_bears_its_payment"
        ),
        migrations.RunSQL(ZERO_SUM, "drop function ledger_zero_sum cascade"),
        migrations.RunSQL(TENDERS_COVER, "drop function ledger_tenders_cover cascade"),
        migrations.RunSQL(POST_PAYMENT, "drop function ledger_post_payment"),
        migrations.RunSQL(ISSUE_RECEIPT, "drop function ledger_issue_receipt"),
        migrations.RunSQL(REVERSE_PAYMENT, "drop function ledger_reverse_payment"),
    ]
