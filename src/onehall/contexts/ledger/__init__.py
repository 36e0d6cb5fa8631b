"""ledger: every fen that was paid, why, and the paper given for it.

Owns: accounts, postings in balanced batches, payments with their tenders, receipts, and what undoes them.
Promises: a batch balances or the database refuses it; nothing is changed or deleted, only reversed or
declared void; a receipt bears the amount of its payment; tenders add up to the payment.
Refuses: credit (PAY-01), means of payment that are not open, a second payment for a basket, a second
standing receipt for a payment, voiding a receipt while copies are missing.
Does not know: who holds the cash (custody), which numbers a book still has (numbers), what was sold.
"""
