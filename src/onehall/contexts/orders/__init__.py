"""Baskets and orders: what a customer asked for at a counter, on one acceptance form, with one signature.

Owns: baskets with their priced items, service orders, signatures, and the rows that say an order is completed, archived or
void. Work states (dispatched, installed) live in fieldwork.
Promises: a basket is settled once, for exactly the sum of its items; what was sold keeps its price and the policy version
that priced it (CAT-01); the handling time of every service is measured (ORD-11).
Refuses: a second settlement, an amount that differs, items in a basket that is not open.
"""
