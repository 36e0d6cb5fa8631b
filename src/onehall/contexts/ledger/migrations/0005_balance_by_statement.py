"""A batch balances when the statement that writes it ends, a payment is covered when it is written: not only at commit (LED-01)."""

from django.db import migrations

ZERO_SUM = """
drop trigger zero_sum on ledger_posting;
create or replace function ledger_zero_sum() returns trigger language plpgsql as $$
declare
    broken bigint;
    remainder bigint;
begin
    select batch_id, sum(amount) into broken, remainder from fresh group by batch_id having sum(amount) <> 0 limit 1;
    if found then
        raise exception 'batch % does not balance: %', broken, remainder
            using errcode = 'check_violation', constraint = 'ledger_zero_sum';
    end if;
    return null;
end $$;
create trigger zero_sum after insert on ledger_posting
    referencing new table as fresh for each statement execute function ledger_zero_sum();
"""

ZERO_SUM_BACK = """
drop trigger zero_sum on ledger_posting;
create or replace function ledger_zero_sum() returns trigger language plpgsql as $$
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

# A payment finds its tenders when it is written, so they go first (their foreign key is checked at commit); none comes after it.
TENDERS_COVER = """
drop trigger tenders_cover on ledger_payment;
drop trigger tenders_cover on ledger_tender;
create or replace function ledger_tenders_cover() returns trigger language plpgsql as $$
declare
    paid bigint;
begin
    if tg_table_name = 'ledger_payment' then
        if new.amount = (select sum(t.amount) from ledger_tender t where t.payment_id = new.id) then return null; end if;
        paid := new.id;
    else
        if not exists (select from ledger_payment p where p.id = new.payment_id) then return null; end if;
        paid := new.payment_id;
    end if;
    raise exception 'tenders of payment % do not add up to it', paid
        using errcode = 'check_violation', constraint = 'ledger_tenders_cover';
end $$;
create trigger tenders_cover after insert on ledger_payment
    for each row execute function ledger_tenders_cover();
create trigger tenders_cover after insert on ledger_tender
    for each row execute function ledger_tenders_cover();
"""

TENDERS_COVER_BACK = """
drop trigger tenders_cover on ledger_payment;
drop trigger tenders_cover on ledger_tender;
create or replace function ledger_tenders_cover() returns trigger language plpgsql as $$
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

_POST_PAYMENT = """
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
%s
    return next;
end $$;
"""
_PAYMENT = """
    insert into ledger_payment
        (id, intent, hall_id, counter_id, by_id, basket_id, party_id, batch_id, at, amount, policy_version)
        overriding system value
        values (payment, p_intent, p_hall, p_counter, p_by, p_basket, p_party, batch, p_at,
                (select sum(a) from unnest(p_amounts) a), p_policy_version);
"""
_PAYMENT_BACK = """
    insert into ledger_payment
        (intent, hall_id, counter_id, by_id, basket_id, party_id, batch_id, at, amount, policy_version)
        values (p_intent, p_hall, p_counter, p_by, p_basket, p_party, batch, p_at,
                (select sum(a) from unnest(p_amounts) a), p_policy_version)
        returning id into payment;
"""
_TENDERS = """
    insert into ledger_tender (payment_id, means, amount, tendered, change)
        select payment, t.* from unnest(p_means, p_paid, p_tendered, p_change) t;
"""
_ID = """
    payment := nextval(pg_get_serial_sequence('ledger_payment', 'id'));
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0004_lean_views")]

    operations = [
        migrations.RunSQL(ZERO_SUM, ZERO_SUM_BACK),
        migrations.RunSQL(TENDERS_COVER, TENDERS_COVER_BACK),
        migrations.RunSQL(
            _POST_PAYMENT % (_ID + _TENDERS + _PAYMENT), _POST_PAYMENT % (_PAYMENT_BACK + _TENDERS)
        ),
    ]
