"""Numbers that may be given once: account names, telephone numbers, form serials, receipt books.

Owns: the life cycle of every number resource (ADR-07), the prefixes that tell a line's source (ADR-03), the day counters
of form serials (ORD-07), and the books of continuous numbers issued to counters (RCP-01).
Promises: the database gives no number twice, whatever clerks do at the same instant; a book's numbers have no gaps,
because they are drawn inside the transaction that uses them.
Refuses: a name that is taken, reserved or in quarantine; a book that is used up; books whose ranges overlap.
"""
