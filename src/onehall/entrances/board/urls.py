"""Addresses of the board, and of the rules that refusals cite."""

from django.urls import path

from onehall.entrances.board.accuracy import views as accuracy
from onehall.entrances.board.approvals import views as approvals
from onehall.entrances.board.audit import views as audit
from onehall.entrances.board.backdated import views as backdated
from onehall.entrances.board.books import months
from onehall.entrances.board.books import views as books
from onehall.entrances.board.calendar import views as calendar
from onehall.entrances.board.charges import bills
from onehall.entrances.board.charges import views as charges
from onehall.entrances.board.deposits import bank
from onehall.entrances.board.deposits import views as deposits
from onehall.entrances.board.directory import views as directory
from onehall.entrances.board.drawers import views as drawers
from onehall.entrances.board.duplicates import pair as duplicate_pair
from onehall.entrances.board.duplicates import views as duplicates
from onehall.entrances.board.escalation import instructions, matters
from onehall.entrances.board.exports import views as exports
from onehall.entrances.board.imports import views as imports
from onehall.entrances.board.invoices import views as invoices
from onehall.entrances.board.key_accounts import views as key_accounts
from onehall.entrances.board.lost import views as lost
from onehall.entrances.board.messages import views as messages
from onehall.entrances.board.network import boxes
from onehall.entrances.board.network import listed as network_sessions
from onehall.entrances.board.network import views as network
from onehall.entrances.board.notices import views as notices
from onehall.entrances.board.orders import samples
from onehall.entrances.board.orders import views as orders
from onehall.entrances.board.paper_books import stock as paper_stock
from onehall.entrances.board.paper_books import stubs as paper_stubs
from onehall.entrances.board.paper_books import views as paper_books
from onehall.entrances.board.papers import views as papers
from onehall.entrances.board.policies import views as policies
from onehall.entrances.board.principals import views as principals
from onehall.entrances.board.privacy import views as privacy
from onehall.entrances.board.registers import views as registers
from onehall.entrances.board.rulebook import views as rulebook
from onehall.entrances.board.shortages import views as shortages
from onehall.entrances.board.staff import views as staff
from onehall.entrances.board.telephone import views as telephone
from onehall.entrances.board.today import views as today
from onehall.entrances.board.tokens import views as tokens
from onehall.entrances.board.webhooks import views as webhooks
from onehall.entrances.board.work import case, register
from onehall.entrances.board.work import views as work

urlpatterns = [
    path("board/", today.today),
    path("board/telephone/", telephone.show),
    path("board/telephone/start", telephone.start),
    path("board/telephone/approval", telephone.approve),
    path("board/telephone/withdrawal", telephone.withdraw),
    path("board/principals/", principals.listed),
    path("board/principals/<slug:code>", principals.one),
    path("board/principals/<slug:code>/settlements", principals.settle),
    path("board/work/", work.cases),
    path("board/work/register", register.show),
    path("board/work/register/dispatch", register.dispatch),
    path("board/work/register/sign", register.sign),
    path("board/work/register/papers", papers.register),
    path("board/work/<int:work_order>", case.show),
    path("board/work/<int:work_order>/dispatch", case.dispatch),
    path("board/work/<int:work_order>/sign", case.sign),
    path("board/work/<int:work_order>/assign", case.assign),
    path("board/work/<int:work_order>/archive", case.archive),
    path("board/work/<int:work_order>/papers", papers.of_case),
    path("board/papers/<int:document_id>/copies/<int:job_id>.pdf", papers.copy),
    path("board/key-accounts/", key_accounts.show),
    path("board/messages/", messages.listed),
    path("board/registers/", registers.show),
    path("board/registers/<slug:code>", registers.issue),
    path("board/accuracy/", accuracy.clerks),
    path("board/accuracy/<int:user_id>", accuracy.clerk),
    path("board/audit/", audit.lines),
    path("board/audit/verification", audit.verification),
    path("board/policies/", policies.keys),
    path("board/policies/<str:code>", policies.key),
    path("board/policies/<str:code>/preview", policies.preview),
    path("board/approvals/", approvals.listed),
    path("board/approvals/<int:request_id>", approvals.one),
    path("board/approvals/<int:request_id>/decision", approvals.decide),
    path("board/approvals/<int:request_id>/withdrawal", approvals.withdraw),
    path("board/approvals/activities", approvals.activity),
    path("board/approvals/delegations", approvals.delegate),
    path("board/approvals/delegations/<int:delegation_id>/end", approvals.end),
    path("board/invoices/", invoices.listed),
    path("board/invoices/<int:invoice_id>", invoices.one),
    path("board/invoices/<int:invoice_id>/signature", invoices.sign),
    path("board/invoices/<int:invoice_id>/reversal", invoices.reverse),
    path("board/paper-books/", paper_books.listed),
    path("board/paper-books/issues", paper_books.issue),
    path("board/paper-books/<int:book_id>/return", paper_books.take_back),
    path("board/paper-books/<int:book_id>/holder", paper_books.pass_on),
    path("board/paper-books/stock", paper_stock.stock),
    path("board/paper-books/lots", paper_stock.receive),
    path("board/paper-books/draws", paper_stock.hand_out),
    path("board/paper-books/draws/<int:draw_id>/taking", paper_stubs.take),
    path("board/paper-books/stubs", paper_stubs.stubs),
    path("board/paper-books/stubs/writing-off", paper_stubs.write_off),
    path("board/paper-books/use", paper_stubs.use),
    path("board/shortages/", shortages.listed),
    path("board/shortages/proposals", shortages.propose),
    path("board/shortages/<int:shortage_id>", shortages.one),
    path("board/shortages/<int:shortage_id>/answer", shortages.answer),
    path("board/shortages/<int:shortage_id>/decision", shortages.decide),
    path("board/drawers/", drawers.listed),
    path("board/drawers/<int:drawer_id>", drawers.one),
    path("board/drawers/<int:drawer_id>/decision", drawers.decide),
    path("board/drawers/<int:drawer_id>/report", drawers.report),
    path("board/charges/", charges.listed),
    path("board/charges/bills", bills.listed),
    path("board/charges/bills/<int:difference_id>", bills.settle),
    path("board/charges/<int:charge_id>/refund", charges.refund),
    path("board/charges/<int:charge_id>/transfer-back", charges.transfer_back),
    path("board/deposits/", deposits.listed),
    path("board/deposits/bags", deposits.seal),
    path("board/deposits/bags/<int:bag_id>", deposits.one),
    path("board/deposits/bags/<int:bag_id>/signature", deposits.sign),
    path("board/deposits/bags/<int:bag_id>/handover", deposits.hand_over),
    path("board/deposits/bank", bank.bank),
    path("board/deposits/bank/notes", bank.explain),
    path("board/books/", books.day),
    path("board/books/report", books.report),
    path("board/books/journal/<int:user_id>", books.journal),
    path("board/books/journal/<int:user_id>/paper", books.print_journal),
    path("board/months/", months.month),
    path("board/months/proposal", months.propose),
    path("board/months/close", months.close),
    path("board/orders/", orders.figures),
    path("board/orders/list", orders.listed),
    path("board/samples/", samples.of_day),
    path("board/samples/<int:order_id>", samples.check),
    path("board/privacy/", privacy.overview),
    path("board/privacy/holds", privacy.hold),
    path("board/privacy/<int:request_id>/deletion", privacy.delete),
    path("board/exports/", exports.lists),
    path("board/exports/<slug:code>", exports.listed),
    path("board/backdated/", backdated.forms),
    path("board/lost/", lost.talks),
    path("board/duplicates/", duplicates.pairs),
    path("board/duplicates/<int:one>/<int:other>", duplicate_pair.show),
    path("board/duplicates/<int:one>/<int:other>/merge", duplicate_pair.merge),
    path("board/duplicates/<int:one>/<int:other>/apart", duplicate_pair.apart),
    path("board/duplicates/merges/<int:merge_id>/undoing", duplicate_pair.undo),
    path("board/imports/", imports.imports),
    path("board/imports/uploads/<int:upload_id>", imports.preview),
    path("board/imports/uploads/<int:upload_id>/commit", imports.commit),
    path("board/imports/uploads/<int:upload_id>/progress", imports.progress),
    path("board/imports/<int:import_id>/undo", imports.undo),
    path("board/webhooks/", webhooks.listed),
    path("board/webhooks/new", webhooks.new),
    path("board/webhooks/<int:webhook>", webhooks.one),
    path("board/webhooks/<int:webhook>/secret", webhooks.secret),
    path("board/webhooks/<int:webhook>/state", webhooks.state),
    path("board/webhooks/<int:webhook>/test", webhooks.test),
    path("board/webhooks/<int:webhook>/replay", webhooks.replay),
    path("board/network/", network.network),
    path("board/network/sessions", network_sessions.sessions),
    path("board/network/waiting", network.waiting),
    path("board/network/devices", boxes.listed),
    path("board/network/devices/new", boxes.new),
    path("board/network/devices/<int:device_id>", boxes.one),
    path("board/network/devices/<int:device_id>/retirement", boxes.retire),
    path("board/directory/", directory.entries),
    path("board/notices/", notices.listed),
    path("board/notices/sending", notices.send),
    path("board/notices/<int:notice_id>", notices.one),
    path("board/notices/<int:notice_id>/receipt", notices.read),
    path("board/notices/<int:notice_id>/questions", notices.ask),
    path("board/notices/questions/<int:question_id>/answer", notices.answer),
    path("board/matters/", matters.listed),
    path("board/matters/<int:matter_id>", matters.one),
    path("board/matters/<int:matter_id>/telling", matters.tell),
    path("board/matters/<int:matter_id>/answer", matters.answer),
    path("board/matters/<int:matter_id>/closing", matters.close),
    path("board/instructions/", instructions.listed),
    path("board/instructions/<int:instruction_id>", instructions.one),
    path("board/instructions/<int:instruction_id>/notes", instructions.note),
    path("board/calendar/", calendar.weeks),
    path("board/calendar/days", calendar.days),
    path("board/calendar/hours", calendar.hours),
    path("board/calendar/preview", calendar.preview),
    path("board/staff/", staff.listed),
    path("board/staff/new", staff.add),
    path("board/staff/keepers", staff.keeper),
    path("board/staff/<int:person_id>/roles", staff.give),
    path("board/staff/<int:person_id>/roles/withdrawal", staff.take),
    path("board/staff/<int:person_id>/lesson", staff.lesson),
    path("board/staff/<int:person_id>/login", staff.login),
    path("board/staff/<int:person_id>/login/unlocking", staff.unlock),
    path("board/tokens/", tokens.listed),
    path("board/tokens/<int:token_id>/revocation", tokens.revoke),
    path("rules/<str:rule>", rulebook.rule),
]
