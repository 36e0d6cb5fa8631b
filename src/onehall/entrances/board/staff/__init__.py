"""Staff of the hall: who holds which role, who keeps what, who has passed the confidentiality lesson (ORG-06, ORG-08, SEC-06)."""
