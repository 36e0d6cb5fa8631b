"""A closed month is looked up batch by batch: joined with the rows of the statement, the plan read every batch there is (CSH-05)."""

from django.db import migrations

BY_BATCH = """
create or replace function banking_period_closed() returns trigger language plpgsql as $$
declare
    written bigint;
begin
    for written in select distinct batch_id from fresh loop
        if exists (
            select from ledger_batch b
            join banking_monthclose m
                on m.hall_id = b.hall_id and m.start <= b.at and b.at < m."end" and m.closed_at is not null
            where b.id = written)
        then
            raise exception 'the month of batch % is closed', written
                using errcode = 'check_violation', constraint = 'period_closed';
        end if;
    end loop;
    return null;
end $$;
"""
BY_STATEMENT = """
create or replace function banking_period_closed() returns trigger language plpgsql as $$
begin
    if exists (
        select from fresh join ledger_batch b on b.id = fresh.batch_id
        join banking_monthclose m on m.hall_id = b.hall_id and m.start <= b.at and b.at < m."end" and m.closed_at is not null)
    then
        raise exception 'the month of this batch is closed' using errcode = 'check_violation', constraint = 'period_closed';
    end if;
    return null;
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("banking", "0002_views")]

    operations = [migrations.RunSQL(BY_BATCH, BY_STATEMENT)]
