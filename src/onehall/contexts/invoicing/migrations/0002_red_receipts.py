"""A red receipt is its receipt with the opposite sign, of a payment that was reversed, and never beside a void one (RCP-01)."""

from django.db import migrations

HELD = """
create function invoicing_red_receipt_holds() returns trigger language plpgsql as $$
declare
    found_amount bigint;
    void boolean;
    undone boolean;
begin
    select r.amount, v.id is not null, x.id is not null into found_amount, void, undone
        from ledger_receipt r
        left join ledger_receiptvoid v on v.receipt_id = r.id
        left join ledger_reversal x on x.payment_id = r.payment_id
        where r.id = new.receipt_id;
    if void then
        raise exception 'receipt % is void', new.receipt_id
            using errcode = 'unique_violation', constraint = 'red_receipt_beside_void';
    end if;
    if not undone or found_amount <> -new.amount then
        raise exception 'receipt % stands or bears another amount', new.receipt_id
            using errcode = 'check_violation', constraint = 'red_receipt_of_reversed';
    end if;
    return new;
end $$;
create trigger red_receipt_holds before insert on invoicing_redreceipt
    for each row execute function invoicing_red_receipt_holds();

create function invoicing_no_void_beside_red() returns trigger language plpgsql as $$
begin
    if exists (select from invoicing_redreceipt where receipt_id = new.receipt_id) then
        raise exception 'receipt % has its red one', new.receipt_id
            using errcode = 'unique_violation', constraint = 'red_receipt_beside_void';
    end if;
    return new;
end $$;
create trigger no_void_beside_red before insert on ledger_receiptvoid
    for each row execute function invoicing_no_void_beside_red();
"""
VIEWS = {
    "pub_invoicing_red": """
        select d.id, d.hall_id, d.receipt_id, d.number, d.book_id, d.amount, d.copies, d.reason, d.counter_id, d.by_id,
               d.issued_at, r.payment_id
        from invoicing_redreceipt d join ledger_receipt r on r.id = d.receipt_id
    """,
    "pub_invoicing_numbered": """
        select r.id, r.hall_id, r.book_id, r.number, r.amount, r.issued_at, 'receipt' as kind from ledger_receipt r
        union all
        select d.id, d.hall_id, d.book_id, d.number, d.amount, d.issued_at, 'red_receipt' from invoicing_redreceipt d
    """,
}


class Migration(migrations.Migration):
    dependencies = [("invoicing", "0001_initial"), ("ledger", "0060_where_it_was_reversed")]

    operations = [
        migrations.RunSQL(
            HELD,
            "drop function invoicing_red_receipt_holds cascade; drop function invoicing_no_void_beside_red cascade",
        ),
        *(
            migrations.RunSQL(f"create view {name} as {query}", f"drop view {name}")
            for name, query in VIEWS.items()
        ),
    ]
