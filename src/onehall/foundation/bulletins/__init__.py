"""业务通知 What is told to people at work: to halls, roles and counters, read with a receipt, questions answered for all (ORG-10)."""
