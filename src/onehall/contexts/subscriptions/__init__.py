"""What customers have: subscriptions, their paid terms, their points, and how they end.

Owns: one row per subscription with the account name and the form serial it keeps for life (ORD-07), its terms as half-open
periods, additional points, endings, moves (CHG-04), suspensions (CHG-03), the talks before an end (CHG-07).
Promises: live terms of a subscription never overlap; a renewal continues from the old expiry or from the day of payment
(CHG-01); what was sold keeps its price (CAT-01).
Refuses: an account name that is live already, renewal of what has ended or will end, taking out an annual package in its
term (CHG-02), a move out of the compound, a rest that is not allowed, undoing a sale that later sales build on.
"""
