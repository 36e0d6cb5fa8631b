"""acquiring: what a provider of payments (WeChat Pay, Alipay, a terminal for cards) was asked to charge, and everything it said about it.

Owns: charges, the provider's answers in the order in which they came, which payment used a charge, what is still to be asked.
Promises: a charge succeeds once and is used by one payment; what the provider says late or twice changes nothing that stands.
Refuses: charging more than is due, an answer over another sum or transaction than the charge's own.
Does not know: what was sold (orders), where the money stands in the books (ledger). The customer's code is kept nowhere, of a card the last four digits.
"""
