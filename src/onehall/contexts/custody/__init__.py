"""custody: who holds which cash, from the counted float to the last deposit.

Owns: drawer sessions and the entries made in them.
Promises: one open drawer per counter and per clerk; nothing is sold without one (CSH-01); entries are
never changed; one formula for every figure: opening + received - change - refunds - deposits (LAW-40).
Refuses: a float that differs without an explanation, more going out than lies in the drawer.
Does not know: why money came in (ledger) or what was sold. Counting and closing come with the daily close.
"""
