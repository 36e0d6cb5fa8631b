"""Missing money as a proposal: evidence, the clerk's answer, somebody's decision (PAY-04, LAW-04)."""
