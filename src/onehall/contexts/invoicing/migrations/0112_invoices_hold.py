"""Invoices never exceed their payment, red ones never their blue one; each shows paid services only (RCP-03, RCP-04, LAW-31).

What counts: a blue one unless refused or withdrawn, a red one once it is issued. Whoever writes holds the payment's row first,
so that two transactions see each other.
"""

from django.db import migrations

HOLD = """
create function invoicing_hold(p_payment bigint) returns void language sql volatile as $$
    select from ledger_payment where id = p_payment for no key update
$$;
create function invoicing_counts(i invoicing_invoice) returns boolean language sql stable as $$
    select case when i.of_id is null
        then not exists (select from invoicing_invoicestep s where s.invoice_id = i.id and s.step in ('refused', 'withdrawn'))
        else exists (select from invoicing_invoicestep s where s.invoice_id = i.id and s.step = 'issued') end
$$;
create function invoicing_dead(p_invoice bigint) returns boolean language sql stable as $$
    select exists (select from invoicing_invoicestep s where s.invoice_id = p_invoice and s.step in ('refused', 'withdrawn'))
$$;
"""
INVOICE = """
create function invoicing_invoice_holds() returns trigger language plpgsql as $$
declare
    paid ledger_payment%rowtype;
    blue invoicing_invoice%rowtype;
    standing bigint;
begin
    perform invoicing_hold(new.payment_id);
    select * into paid from ledger_payment where id = new.payment_id;
    if not exists (select from ledger_receipt where id = new.receipt_id and payment_id = new.payment_id)
            or paid.hall_id <> new.hall_id then
        raise exception 'invoice % is not of its receipt (invoice_of_receipt)', new.serial
            using errcode = 'check_violation', constraint = 'invoice_of_receipt';
    end if;
    if new.of_id is null then
        if exists (select from ledger_reversal where payment_id = new.payment_id) then
            raise exception 'payment % was undone (invoice_of_standing_payment)', new.payment_id
                using errcode = 'check_violation', constraint = 'invoice_of_standing_payment';
        end if;
        select coalesce(sum(i.amount), 0) into standing from invoicing_invoice i
            where i.payment_id = new.payment_id and invoicing_counts(i);
        if standing + new.amount > paid.amount then
            raise exception 'invoices of payment % exceed it (invoice_within_payment)', new.payment_id
                using errcode = 'check_violation', constraint = 'invoice_within_payment';
        end if;
    else
        select * into blue from invoicing_invoice where id = new.of_id;
        select coalesce(sum(i.amount), 0) into standing from invoicing_invoice i
            where i.of_id = new.of_id and not invoicing_dead(i.id);
        if blue.of_id is not null or blue.payment_id <> new.payment_id or blue.kind <> new.kind or not invoicing_counts(blue)
                or not exists (select from invoicing_invoicestep s where s.invoice_id = blue.id and s.step = 'issued')
                or -standing - new.amount > blue.amount then
            raise exception 'red invoice % exceeds its blue one, or that was not issued (red_within_blue)', new.serial
                using errcode = 'check_violation', constraint = 'red_within_blue';
        end if;
    end if;
    return new;
end $$;
create trigger invoice_holds before insert on invoicing_invoice
    for each row execute function invoicing_invoice_holds();
"""
LINES = """
create function invoicing_lines_hold() returns trigger language plpgsql as $$
declare
    whole invoicing_invoice%rowtype;
begin
    select * into whole from invoicing_invoice where id = coalesce((to_jsonb(new) ->> 'invoice_id')::bigint, new.id);
    perform invoicing_hold(whole.payment_id);
    if whole.amount <> (select coalesce(sum(l.amount), 0) from invoicing_invoiceline l where l.invoice_id = whole.id) then
        raise exception 'the lines of invoice % are not its amount (invoice_is_its_lines)', whole.id
            using errcode = 'check_violation', constraint = 'invoice_is_its_lines';
    end if;
    if exists (
        select from invoicing_invoiceline l
        join orders_serviceorder o on o.id = l.order_id
        join ledger_payment p on p.id = whole.payment_id
        where l.invoice_id = whole.id and (o.basket_id <> p.basket_id or sign(l.amount) <> sign(whole.amount)
            or whole.of_id is null and o.amount_fen < (
                select sum(x.amount) from invoicing_invoiceline x join invoicing_invoice i on i.id = x.invoice_id
                where x.order_id = l.order_id and invoicing_counts(i))
            or whole.of_id is not null and 0 > (
                select coalesce(sum(x.amount), 0) from invoicing_invoiceline x join invoicing_invoice i on i.id = x.invoice_id
                where x.order_id = l.order_id and (i.id = whole.of_id or i.of_id = whole.of_id) and not invoicing_dead(i.id)))
    ) then
        raise exception 'invoice % shows what was not paid for (invoice_shows_paid_services)', whole.id
            using errcode = 'check_violation', constraint = 'invoice_shows_paid_services';
    end if;
    return null;
end $$;
create constraint trigger invoice_lines_hold after insert on invoicing_invoice deferrable initially deferred
    for each row execute function invoicing_lines_hold();
create constraint trigger invoice_lines_hold after insert on invoicing_invoiceline deferrable initially deferred
    for each row execute function invoicing_lines_hold();
"""
STEPS = """
create function invoicing_step_holds() returns trigger language plpgsql as $$
declare
    whole invoicing_invoice%rowtype;
begin
    select * into whole from invoicing_invoice where id = new.invoice_id;
    perform invoicing_hold(whole.payment_id);
    if new.step = 'issued' and whole.kind = 'handwritten' and whole.of_id is null and 2 > (
            select count(distinct s.by_id) from invoicing_invoicestep s
            where s.invoice_id = whole.id and s.step = 'signed' and s.by_id <> whole.by_id) then
        raise exception 'invoice % lacks its signatures (handwritten_is_signed)', whole.id
            using errcode = 'check_violation', constraint = 'handwritten_is_signed';
    end if;
    if new.step = 'issued' and (new.book_id is null) <> (whole.kind = 'electronic') then
        raise exception 'invoice % has its number from the wrong side (invoice_number_from_book)', whole.id
            using errcode = 'check_violation', constraint = 'invoice_number_from_book';
    end if;
    if new.step = 'collected' and not exists (
            select from invoicing_invoicestep s where s.invoice_id = whole.id and s.step = 'issued') then
        raise exception 'invoice % was not issued (collected_after_issue)', whole.id
            using errcode = 'check_violation', constraint = 'collected_after_issue';
    end if;
    return new;
end $$;
create trigger step_holds before insert on invoicing_invoicestep
    for each row execute function invoicing_step_holds();
"""
REVERSAL = """
create function invoicing_no_reversal_of_invoiced() returns trigger language plpgsql as $$
begin
    perform invoicing_hold(new.payment_id);
    if exists (select from invoicing_invoice where payment_id = new.payment_id)
            and 0 < (select coalesce(sum(i.amount), 0) from invoicing_invoice i
                     where i.payment_id = new.payment_id and invoicing_counts(i)) then
        raise exception 'payment % is invoiced (payment_is_invoiced)', new.payment_id
            using errcode = 'check_violation', constraint = 'payment_is_invoiced';
    end if;
    return new;
end $$;
create trigger no_reversal_of_invoiced before insert on ledger_reversal
    for each row execute function invoicing_no_reversal_of_invoiced();
"""
VIEWS = {
    "pub_invoicing_invoice": """
        select i.id, i.hall_id, i.payment_id, i.receipt_id, i.serial, i.kind, i.of_id, i.amount, i.asked_at, i.ready_on,
               i.collect_by, i.by_id, i.reason, s.number, s.book_id, s.at as issued_at, c.at as collected_at,
               d.step as dead, d.why as dead_why, d.at as dead_at, invoicing_counts(i) as counts, p.attempts, p.why as waits,
               (select count(*) from invoicing_invoicestep x where x.invoice_id = i.id and x.step = 'signed') as signed
        from invoicing_invoice i
        left join invoicing_invoicestep s on s.invoice_id = i.id and s.step = 'issued'
        left join invoicing_invoicestep c on c.invoice_id = i.id and c.step = 'collected'
        left join invoicing_invoicestep d on d.invoice_id = i.id and d.step in ('refused', 'withdrawn')
        left join invoicing_pending p on p.invoice_id = i.id
    """,
    "pub_invoicing_invoice_line": """
        select l.id, i.hall_id, i.payment_id, l.invoice_id, l.order_id, l.amount, l.category, l.rate, l.tax,
               invoicing_counts(i) as counts
        from invoicing_invoiceline l join invoicing_invoice i on i.id = l.invoice_id
    """,
}
UNDO = """
drop function invoicing_no_reversal_of_invoiced cascade; drop function invoicing_step_holds cascade;
drop function invoicing_lines_hold cascade; drop function invoicing_invoice_holds cascade;
drop function invoicing_dead; drop function invoicing_counts; drop function invoicing_hold
"""


class Migration(migrations.Migration):
    dependencies = [
        ("invoicing", "0111_invoice_steps"),
        ("ledger", "0060_where_it_was_reversed"),
    ]

    operations = [
        migrations.RunSQL("\n".join((HOLD, INVOICE, LINES, STEPS, REVERSAL)), UNDO),
        *(
            migrations.RunSQL(f"create view {name} as {query}", f"drop view {name}")
            for name, query in VIEWS.items()
        ),
    ]
