"""organisation: who works where.

Owns the operator, its regions, halls, counters, departments, people with their posts, and each hall's directory.
Promises: a counter belongs to one hall, a person may hold posts in several; another hall's counters and people answer 404.
Refuses: business at a counter that lacks the capability, naming the counters that have it (ORD-01).
"""
