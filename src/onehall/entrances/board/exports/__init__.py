"""Lists as files: what may be taken out, the form that asks why, and the log of who took what (API-03, SEC-04)."""
