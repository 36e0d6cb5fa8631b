"""workforce: what people at work owe customers and each other.

Owns enquiries with their first responsible and each handover.
Promises: whoever took an enquiry first stays on record and closes it; it is passed on only when the receiver accepts.
Refuses: to pass on what one does not hold, and to close what is not answered (ORD-04).
"""
