"""catalogue: what can be sold, for how much, to whom.

Owns offerings, their price versions, what each brings when sold (papers, forms, work order, follow-up, eligibility),
and the words that go with business: terms in versions, scripts, phrases.
Promises: a price or content once in force never changes, a new one is a new version or a new offering (CAT-01).
Refuses: a sale against the rules, with the rule, the reason and what the customer can do instead (ORD-05).
"""
