"""workforce: what people at work owe customers and each other.

Owns enquiries with their first responsible and each handover; proposals about missing money, their answer and decision.
Promises: whoever took an enquiry first stays on record and closes it; it is passed on only when the receiver accepts.
Refuses: to pass on what one does not hold, and to close what is not answered (ORD-04); to decide on missing money before the
clerk could answer, by the clerk or the proposer (LAW-04). Nothing here touches anybody's pay.
"""
