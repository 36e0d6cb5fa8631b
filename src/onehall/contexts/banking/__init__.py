"""banking: cash on its way to the bank, what the bank says arrived, and the months that are closed on it.

Owns: sealed bags with the drawers whose takings they hold, their signatures, the bank's record as it was imported, what people
found out where the two differ, and each hall's closed months.
Promises: a drawer's takings go into one bag once; a bag has two signatures of two people before it leaves; a line of the
bank's record is kept once and never changed (CSH-04); nothing is posted into a closed month, by nobody (CSH-05).
Refuses: a bag whose count is not what the drawers left, a file that cannot be read to its last row, a month with open ends.
"""
