"""What the networks shall do: the desired state of every account, and the commands that bring it there.

Owns: schema `access` with one flat table per network that its server reads by itself, written in the same transaction as
the decision (NET-03), and command rows for what must be told to a network element.
Promises: an account's validity and speed there are those of the paid term; what is not yet in effect is visible.
Refuses: to show a password to anybody. It is kept as hashes, or encrypted where a device needs the clear secret (LAW-03);
a new one is returned once, for the customer's slip.
"""
