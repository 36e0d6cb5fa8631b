"""Addresses of the desk."""

from django.urls import path

from onehall.entrances.desk.backdating import views as backdating
from onehall.entrances.desk.balances import views as balances
from onehall.entrances.desk.baskets import (
    cards,
    charging,
    checklist,
    recharge_cards,
    reversal,
    signing,
    transfers,
)
from onehall.entrances.desk.baskets import views as baskets
from onehall.entrances.desk.counter import views as counter
from onehall.entrances.desk.customers import (
    correcting,
    ending,
    line_changing,
    messaging,
    moving,
    scanning,
    standing,
    telephone,
    transferring,
)
from onehall.entrances.desk.customers import views as customers
from onehall.entrances.desk.display import views as display
from onehall.entrances.desk.drawer import spoiling
from onehall.entrances.desk.drawer import views as drawer
from onehall.entrances.desk.goods import views as goods
from onehall.entrances.desk.invoices import views as invoices
from onehall.entrances.desk.line import views as line
from onehall.entrances.desk.papers import views as papers
from onehall.entrances.desk.privacy import views as privacy
from onehall.entrances.desk.serving import lock, suggestions
from onehall.entrances.desk.serving import views as serving
from onehall.entrances.desk.telephones import views as telephones

urlpatterns = [
    # First what is asked most: an address is compared with one pattern after another.
    path("desk/baskets/<int:basket_id>/payment", baskets.payment),
    path("desk/baskets/<int:basket_id>/items/<int:item_id>/removal", baskets.remove),
    path("desk/baskets/<int:basket_id>/items/<int:item_id>/quantity", baskets.quantity),
    path("desk/baskets/<int:basket_id>/charges", charging.charges),
    path("desk/baskets/<int:basket_id>/charges/<int:charge_id>/query", charging.query),
    path("desk/baskets/<int:basket_id>/charges/<int:charge_id>/cancellation", charging.cancel),
    path("desk/baskets/<int:basket_id>/charges/<int:charge_id>/refund-slip", cards.refund_slip),
    path("desk/baskets/<int:basket_id>/cards", cards.card),
    path("desk/baskets/<int:basket_id>/recharge-cards", recharge_cards.redeem),
    path("desk/baskets/<int:basket_id>/transfers", transfers.transfer),
    path("desk/baskets/<int:basket_id>/papers", checklist.papers),
    path("desk/baskets/<int:basket_id>/completion", baskets.finish),
    path("desk/baskets/<int:basket_id>/hold", baskets.hold),
    path("desk/baskets/<int:basket_id>/resumption", baskets.resume),
    path("desk/baskets/<int:basket_id>/abandonment", baskets.abandon),
    path("desk/baskets/<int:basket_id>/signature", signing.signature),
    path("desk/baskets/<int:basket_id>/signature/request", signing.ask),
    path("desk/baskets/<int:basket_id>/signature/withdrawal", signing.withdraw),
    path("desk/baskets/<int:basket_id>/acceptance-form", papers.acceptance_form),
    path("desk/", counter.home),
    path("desk/search", counter.search),
    path("desk/top", counter.top),
    path("desk/help", counter.help_page),
    path("desk/customers/new", customers.new),
    path("desk/customers/<int:party_id>", customers.show),
    path("desk/customers/<int:party_id>/purpose", customers.purpose),
    path("desk/customers/<int:party_id>/particulars", customers.reveal),
    path("desk/customers/<int:party_id>/correction", correcting.correction),
    path("desk/customers/<int:party_id>/standing", standing.show),
    path("desk/customers/<int:party_id>/standing/level", standing.rank),
    path("desk/customers/<int:party_id>/standing/supervisor", standing.supervise),
    path("desk/customers/<int:party_id>/standing/contacts", standing.authorise),
    path("desk/customers/<int:party_id>/standing/contacts/<int:contact_id>/end", standing.end),
    path("desk/customers/<int:party_id>/messages", messaging.show),
    path("desk/customers/<int:party_id>/messages/language", messaging.language),
    path("desk/customers/<int:party_id>/scans", scanning.scans),
    path("desk/scans", scanning.keep),
    path("desk/customers/<int:party_id>/scans/<int:scan_id>", scanning.scan),
    path("desk/customers/<int:party_id>/home", customers.home_by_address),
    path("desk/customers/<int:party_id>/paper", backdating.paper),
    path("desk/customers/<int:party_id>/items", baskets.add),
    path("desk/customers/<int:party_id>/move", moving.move),
    path("desk/customers/<int:party_id>/telephone", telephone.telephone),
    path("desk/customers/<int:party_id>/line-changes", line_changing.line_changes),
    path("desk/customers/<int:party_id>/line/<slug:account>", line.show),
    path("desk/customers/<int:party_id>/line/<slug:account>/cut", line.cut),
    path("desk/customers/<int:party_id>/line/<slug:account>/password", line.reset),
    path("desk/customers/<int:party_id>/balance", balances.show),
    path("desk/customers/<int:party_id>/balance/deposits", balances.deposit),
    path("desk/customers/<int:party_id>/balance/refund", balances.refund),
    path("desk/customers/<int:party_id>/goods", goods.show),
    path("desk/customers/<int:party_id>/goods/items", goods.add),
    path("desk/customers/<int:party_id>/goods/<int:add_on_id>/cancellation", goods.cancel),
    path("desk/customers/<int:party_id>/telephones", telephones.show),
    path("desk/customers/<int:party_id>/telephones/recharge", telephones.recharge),
    path("desk/customers/<int:party_id>/telephones/service-password", telephones.service_password),
    path("desk/customers/<int:party_id>/telephones/calls", telephones.calls),
    path("desk/customers/<int:party_id>/suggestion", suggestions.answered),
    path("desk/customers/<int:party_id>/privacy", privacy.show),
    path("desk/customers/<int:party_id>/privacy/copy", privacy.copy),
    path("desk/customers/<int:party_id>/privacy/consents", privacy.consent),
    path("desk/customers/<int:party_id>/privacy/deletion", privacy.deletion),
    path("desk/farewell", serving.farewell),
    path("desk/serving/hold", serving.hold),
    path("desk/serving/end", serving.end),
    path("desk/words", serving.words),
    path("lock", lock.lock),
    path("unlock", lock.unlock),
    path("desk/accounts/<int:subscription_id>", customers.by_subscription),
    path("desk/accounts/<int:subscription_id>/ending", ending.ending),
    path("desk/accounts/<int:subscription_id>/transfer", transferring.transfer),
    path("desk/accounts/<int:subscription_id>/stay", ending.stay),
    path("desk/accounts/<int:subscription_id>/registration", papers.registration),
    path("desk/orders/<int:order_id>", customers.by_order),
    path("desk/receipts/<int:receipt_id>", baskets.by_receipt),
    path("desk/premises/<int:premises_id>", customers.by_premises),
    path("desk/payments/<int:payment_id>/void", baskets.void),
    path("desk/payments/<int:payment_id>/reversal", reversal.reversal),
    path("desk/payments/<int:payment_id>/invoices", invoices.of_payment),
    path("desk/invoices/<int:invoice_id>/collection", invoices.collect),
    path("desk/invoices/<int:invoice_id>/withdrawal", invoices.withdraw),
    path("desk/invoices/<int:invoice_id>/issue", invoices.issue),
    path("desk/invoices/<int:invoice_id>/file", invoices.file),
    path("desk/display", display.show),
    path("desk/display/figures", display.figures),
    path("desk/display/signings/<int:request_id>", display.sign),
    path("desk/display/signings/<int:request_id>/objection", display.object_to),
    path("desk/drawer", drawer.show),
    path("desk/drawer/movements", drawer.move),
    path("desk/drawer/refused-notes", drawer.refuse),
    path("desk/drawer/spoilt-papers", spoiling.spoil),
    path("desk/drawer/count", drawer.count),
    path("desk/drawer/hand-in", drawer.hand_in),
    path("desk/documents/<int:document_id>", papers.show),
    path("desk/documents/<int:document_id>/prints", papers.print_now),
    path("desk/documents/<int:document_id>/reprints", papers.reprint),
    path("desk/documents/<int:document_id>/copies/<int:job_id>.pdf", papers.copy),
]
