"""The hall's floor as customers meet it: who is received at which counter, who waits and why, what was suggested to whom.

Owns: servings with their holds, and the answers to suggestions. Tickets and lanes will stand beside them.
Promises: a counter serves one customer at a time, also when two windows try at one instant (ORD-12); a customer waits with a
reason and an apology on record; what a customer answered is not asked again for as long as the policy says (ORD-15).
Refuses: turning to another customer while one is served, and a hold without its reason.
"""
