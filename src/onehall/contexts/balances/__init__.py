"""balances: what customers paid in beforehand and have not used (预存余额, PAY-03).

Owns: each customer's balance and every movement of it.
Promises: a balance is the sum of its movements and never below zero, whoever spends it at once; each deposit, payment and refund
moves it once.
Refuses: spending or refunding more than is left, taking back a deposit that was used.
Does not know: baskets and orders, payments, accounts of the books: who it is and what it was for is handed in.
"""
