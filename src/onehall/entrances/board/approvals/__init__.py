"""Approvals: what waits for my decision, what I asked for, who decides for whom meanwhile (SEC-04)."""
