"""custody: who holds which cash, from the counted float to the last deposit.

Owns: drawer sessions, the entries made in them, the counts, and what was handed in, sent back and confirmed.
Promises: one open drawer per counter and per clerk; nothing is sold without one (CSH-01); entries are
never changed; one formula for every figure: opening + received - change - refunds - deposits (LAW-40).
Refuses: a difference without its reason, more going out than lies in the drawer, a clerk who confirms for themselves.
Does not know: why money came in (ledger), what was sold, or what the bank says (banking).
"""
