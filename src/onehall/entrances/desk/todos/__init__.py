"""What waits for whoever sits here, and enquiries from the first question to the end (ORD-16, ORD-04)."""
