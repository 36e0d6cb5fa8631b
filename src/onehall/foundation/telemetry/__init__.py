"""How the hall is watched: log lines, metrics, readiness (API-05), and how long logs are kept (REC-02, LAW-30).

No line and no label holds personal data: what an exception says is left out, only where it happened and which constraint
refused is told. See decision 0017.
"""
