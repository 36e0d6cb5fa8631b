"""Customers: who they are, how to reach them, where the premises lie, and who looked at them and why.

Owns parties, identity documents, contacts, papers shown, the tree of premises, purposes of access.
Promises: one party per document; numbers encrypted, masked unless one field is opened on purpose (SEC-07).
Refuses: a wrong document number (CUS-02), missing papers (CUS-01), a record opened without a purpose (SEC-01),
an answer to somebody else (SEC-02).
"""
