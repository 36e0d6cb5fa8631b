"""Every paper that bears a number of a book, spoilt ones apart (RCP-02)."""

from django.db import migrations

VIEW = """
create view pub_invoicing_paper as
    select r.hall_id, r.book_id, r.number, r.issued_at, v.receipt_id is not null as void
    from ledger_receipt r left join ledger_receiptvoid v on v.receipt_id = r.id
    union all
    select d.hall_id, d.book_id, d.number, d.issued_at, false from invoicing_redreceipt d
    union all
    select i.hall_id, s.book_id, s.number, s.at, false
    from invoicing_invoicestep s join invoicing_invoice i on i.id = s.invoice_id
    where s.step = 'issued' and s.book_id is not null
"""


class Migration(migrations.Migration):
    dependencies = [("invoicing", "0112_invoices_hold"), ("numbers", "0152_book_stock_holds")]

    operations = [migrations.RunSQL(VIEW, "drop view pub_invoicing_paper")]
