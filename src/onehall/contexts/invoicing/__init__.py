"""invoicing: the papers that come after a receipt.

Owns: red receipts (红字收据), which undo on paper what a receipt says while its copies are with the customer.
Promises: a red receipt bears its receipt's amount with the opposite sign and a number of its own; there is one for a receipt,
and never beside a void one; nothing is changed or deleted.
Refuses: a red receipt for a payment that stands.
Does not know: the money (ledger), which numbers a book still has (numbers), what was sold (orders).
"""
