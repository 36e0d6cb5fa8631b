"""Paper books as data-defined forms: what each column holds, how it is read, what is checked; and the books brought along.

Owns: the declared formats of registers, the imports that were made of them, and every imported row as it stood (encrypted).
Promises: a row is judged by its format's checks in their order, with one primary fault; a refused row claims nothing; a
file is imported once; an import can be taken back whole while nothing refers to it (API-03).
Refuses: sheets without the format's columns, a file that is in already, an undo of what others build on.
"""
