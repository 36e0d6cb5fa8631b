"""clearing: what providers of payments say in their daily files they took for us, until it lies at the bank.

Owns: each provider's file of a day with its rows, the differences from our charges and who settled them, what moved the clearing.
Promises: a provider's day is read once and whole; what its rows keep as fee, what a difference changes and what the bank shows
moves the clearing once each, in whole fen.
Refuses: a file that does not add up or says something else than before, a difference settled without words or twice.
Does not know: charges (acquiring), accounts (ledger), the bank's record (banking): what they say is handed in.
"""
