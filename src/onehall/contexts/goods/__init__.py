"""goods: what the desk sells beside lines: services of third parties, handsets, and money that is collected for others.

Owns: principals with the account that holds their money, subscriptions to third-party services, handsets by serial, what was
collected for whom and which of it was paid over.
Promises: a handset is in one pair of hands; money collected for somebody else is given back or paid over, never both, each once.
Refuses: a serial that was sold and not given back, giving back what was paid over already, a settlement at another sum than shown.
Does not know: prices (catalogue), sales (orders), accounts' balances (ledger), lines (subscriptions): what they say is handed in.
"""
