"""Webhooks: what happened in the halls, told to other programmes; signed, at least once, tried again, replayable (API-01).

Owns subscriptions, their secrets and deliveries. The relay spreads outbox events after their commit, so that no sale waits for
it; the clock sends. Payloads hold ids and codes only. See decision 0016 and docs/guides/webhooks.md.
"""
