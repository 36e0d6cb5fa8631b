"""Work orders from the counter to the archive: dispatch, visit, return of the signed sheet, follow-up.

Owns: work orders and a row for everything that happens to one, line tests, materials, follow-up calls.
Promises: each step once, in order, with who and when; the state is derived from those rows and never stored; contact details
and signatures are encrypted; a signature is kept with its strokes and their hash (LAW-32).
Refuses: a sheet without the customer's signature or seal (WRK-02), archiving before a passed follow-up (WRK-04).
"""
