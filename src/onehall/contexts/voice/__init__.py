"""voice: telephone lines as they are charged: what a line is to be, its calls, what was paid in, and each month's bill.

Owns: the states of lines, tariffs, call records as they were delivered, charges, recharges, monthly runs and bills.
Promises: a call is charged once however often and late it is delivered; nothing is edited, a correction is a difference;
a balance is the sum of its rows, so that no order and no interruption changes it. Money is whole units of 1/10000 yuan.
Refuses: guessing what a call costs (it waits, with the reason), approving one's own monthly run.
Does not know: what was sold (orders), who the customer is (customers), the books (ledger).
"""
